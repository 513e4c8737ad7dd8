/* libcurl's codes as fates and sentences. */
#ifndef COLLECT_GRAPH_HTTP_REASON_H
#define COLLECT_GRAPH_HTTP_REASON_H

#include <stddef.h>

#include "collect/graph/http_fate.h"

/* CODE is a CURLcode that is not CURLE_OK. */
enum http_fate http_reason_fate(int code);
/* DETAIL is what libcurl wrote beside it, or "". */
void http_reason_text(int code, const char *detail, char *out, size_t size);

#endif
