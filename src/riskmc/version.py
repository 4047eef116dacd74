"""The version of riskmc, in the one place from which all others read it."""

VERSION = "0.1.0"
