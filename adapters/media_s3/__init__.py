"""Kept files in a bucket that speaks Amazon's S3 protocol."""

from adapters.media_s3.store import S3MediaStore, open_bucket

__all__ = ["S3MediaStore", "open_bucket"]
