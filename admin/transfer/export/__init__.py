"""Everything goes out: a ZIP of Markdown and media that is a Jekyll site, and comes in again."""

from admin.transfer.export.archive import begin, write_archive
from admin.transfer.export.holdings import Holdings, count_holdings
from admin.transfer.export.report import Report
from admin.transfer.export.scope import Scope

__all__ = ["Holdings", "Report", "Scope", "begin", "count_holdings", "write_archive"]
