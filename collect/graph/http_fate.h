/* What may become of a request, and the room for a sentence about it. */
#ifndef COLLECT_GRAPH_HTTP_FATE_H
#define COLLECT_GRAPH_HTTP_FATE_H

/* Whether a request got an answer, and if none, whether another try may. */
enum http_fate {
	HTTP_CAME,
	HTTP_LOST,               /* no connection, cut, or silence */
	HTTP_TOO_LARGE,          /* more than HTTP_BODY_MAX */
	HTTP_REFUSED,            /* by us: a certificate, a setting */
};

enum { HTTP_TEXT = 512, HTTP_HOST = 256 };

#endif
