/*
 * What a collection under way needs of the machine and its user: the line that
 * shows how far it is, Ctrl-C, passwords, deadlines and pauses.
 */
#ifndef COLLECT_LIVE_LIVE_H
#define COLLECT_LIVE_LIVE_H

#include "collect/live/backoff.h"
#include "collect/live/ca_file.h"
#include "collect/live/interrupt.h"
#include "collect/live/progress.h"
#include "collect/live/secret.h"
#include "collect/live/watchdog.h"

#endif
