/* Files of certificate authorities. */
#ifndef COLLECT_LIVE_CA_FILE_H
#define COLLECT_LIVE_CA_FILE_H

#include <stdbool.h>

/*
 * Whether PATH has a certificate in PEM that can be read. TLS libraries take
 * an empty or foreign file without a word.
 */
bool ca_file_is_good(const char *path);

#endif
