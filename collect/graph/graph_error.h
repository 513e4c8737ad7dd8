/*
 * What an answer of Graph or of the token service means: what to do next, and
 * a sentence with what the service said. Graph's article "Microsoft Graph error
 * responses and resource types" lists statuses and the shape of errors.
 */
#ifndef COLLECT_GRAPH_GRAPH_ERROR_H
#define COLLECT_GRAPH_GRAPH_ERROR_H

struct http_answer;

enum graph_fate {
	GRAPH_CAME,              /* 200: look at the body */
	GRAPH_AGAIN,             /* may work later: throttled, broken, cut */
	GRAPH_TOKEN,             /* the token is not, or no longer, taken */
	GRAPH_DENIED,            /* a permission lacks */
	GRAPH_GONE,              /* Graph says: there is no such object */
	GRAPH_ODD,               /* not the service's: retried, not for long */
	GRAPH_STALE,             /* the page's or delta's token has expired */
	GRAPH_PROPERTY,          /* a property that this service lacks */
	GRAPH_LARGE,             /* the page is larger than we take */
	GRAPH_WRONG,             /* anything else that no try cures */
};

enum {
	GRAPH_TEXT = 768, GRAPH_NAME = 128,
	GRAPH_ODD_TRIES = 5,     /* with waits of 14 seconds at most in all */
};

struct graph_failure {
	enum graph_fate fate;
	long status;                 /* of HTTP; 0: no answer */
	char code[GRAPH_NAME];       /* "Authorization_RequestDenied", or "" */
	char property[GRAPH_NAME];   /* of GRAPH_PROPERTY */
	char text[GRAPH_TEXT];       /* a sentence, safe to print */
};

/* F->fate is GRAPH_CAME when the body holds what was asked for. */
void graph_error_read(struct graph_failure *f, const struct http_answer *a);

/* The same of a body that came with 200, where WHAT was wanted, and WHY not. */
void graph_error_bad_body(struct graph_failure *f,
                          const struct http_answer *a, const char *what,
                          const char *why);

/* Seconds to wait after so many tries that ended in GRAPH_ODD. */
double graph_odd_wait(long tries);

#endif
