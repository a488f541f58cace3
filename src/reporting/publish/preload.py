"""The libraries that every worker needs, loaded once before workers are forked."""

import reporting.publish.html
import reporting.publish.pdf
import reporting.publish.render
import reporting.publish.workers  # noqa: F401
