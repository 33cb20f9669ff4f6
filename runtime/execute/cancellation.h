#pragma once

namespace mlw {

/// After this the first SIGINT, SIGTERM or SIGHUP asks the run to end cleanly, and the second ends the process at once
/// with status 130.
void catch_interrupts();

/// Whether the run was asked to end.
bool interrupted();
/// Asks as a signal would; for tests and for whoever embeds a run.
void request_interrupt(bool wanted);

}  // namespace mlw
