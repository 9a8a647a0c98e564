"""Test doubles of outside systems that speak the real protocols over sockets. They share no code with the service."""
