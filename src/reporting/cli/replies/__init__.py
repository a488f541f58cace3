"""What commands say: lines for people, or with ``--json`` one reply to another program."""
