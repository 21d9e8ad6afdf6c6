"""Who reads statutory outcomes, and who of them by name."""

from typing import Final

from itrack.foundation.viewer import Role, only

# Whole-school figures: leaders and the SENCO with the names behind them, a governor without and with few pupils hidden.
SEES_NAMES: Final = only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO)
READS_OUTCOMES: Final = only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.GOVERNOR)
