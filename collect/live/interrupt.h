/*
 * Ctrl-C and the like: a collection ends in order and says what it has. A
 * second signal ends the program at once.
 */
#ifndef COLLECT_LIVE_INTERRUPT_H
#define COLLECT_LIVE_INTERRUPT_H

#include <stdbool.h>

/*
 * From now on SIGINT, SIGTERM, SIGHUP and SIGQUIT are noted; SIGPIPE is
 * ignored.
 */
void interrupt_watch(void);
bool interrupt_came(void);

#endif
