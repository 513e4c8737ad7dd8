/* Where an address leads. */
#ifndef COLLECT_GRAPH_HTTP_HOST_H
#define COLLECT_GRAPH_HTTP_HOST_H

#include <stddef.h>

/* The host of URL; "" when it has none, or one that does not fit. */
void http_host(const char *url, char *out, size_t size);

#endif
