/* How long to wait before another try. */
#ifndef COLLECT_LIVE_BACKOFF_H
#define COLLECT_LIVE_BACKOFF_H

/*
 * Seconds before try TRY (from 1, the first one after a failure): 1, 2, 4 ...
 * 60, a quarter more or less, so that many do not come back at once.
 */
double backoff_seconds(long try);

#endif
