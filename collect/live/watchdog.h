/*
 * A deadline for calls that know none: libldap's TLS handshake waits for ever
 * for a server that accepts and then says nothing. When the time is over, or
 * the user interrupts, a thread shuts the connection down, and the call fails.
 */
#ifndef COLLECT_LIVE_WATCHDOG_H
#define COLLECT_LIVE_WATCHDOG_H

#include <stdbool.h>

struct watchdog;

/* Starts the time; the connection is told later. Never NULL. */
struct watchdog *watchdog_start(long seconds);
/* The socket to shut down. */
void watchdog_guard(struct watchdog *w, int fd);
/* Ends the thread and frees W; whether it shut the connection down. */
bool watchdog_stop(struct watchdog *w);

#endif
