"""What operators see and do: access, broadcasts, alarms, statistics, clean-up."""
