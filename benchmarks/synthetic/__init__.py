"""Made-up annual reports with planted errors and known truth, for measuring the audit from outside.

Public: `make_report`, `check_report` and the records `SyntheticReport` and `Case`. See README.md.
"""

from .checking import check_report
from .model import Case, SyntheticReport
from .report import make_report

__all__ = ["Case", "SyntheticReport", "check_report", "make_report"]
