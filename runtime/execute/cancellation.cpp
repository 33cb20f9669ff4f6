#include "runtime/execute/cancellation.h"

#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace mlw {
namespace {

volatile std::sig_atomic_t wanted = 0;

void on_signal(int) {
  if (wanted != 0) _exit(130);
  wanted = 1;
}

}  // namespace

void catch_interrupts() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

bool interrupted() { return wanted != 0; }
void request_interrupt(bool value) { wanted = value ? 1 : 0; }

}  // namespace mlw
