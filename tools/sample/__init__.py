"""The maker of the demonstration returns (示例数据)."""
