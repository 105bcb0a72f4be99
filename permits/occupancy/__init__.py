"""Occupancy of public property (إشغال الأملاك العامة): application, checks, fee, licence, stop and renewal."""
