/*
 * Microsoft Graph over libcurl, which this room alone knows: what is asked of a
 * tenant, signing in, and many lists read at once. How pages are read and
 * requests are paced is the room's own affair.
 */
#ifndef COLLECT_GRAPH_GRAPH_H
#define COLLECT_GRAPH_GRAPH_H

#include "collect/graph/client_key.h"
#include "collect/graph/graph_auth.h"
#include "collect/graph/graph_error.h"
#include "collect/graph/graph_pool.h"
#include "collect/graph/graph_query.h"
#include "collect/graph/graph_walk.h"
#include "collect/graph/http.h"
#include "collect/graph/id_queue.h"
#include "collect/graph/json_split.h"

#endif
