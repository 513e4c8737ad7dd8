/* One failure: what the user reads, and the exit code it leads to. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/* The exit codes of the program; users' scripts rely on them. */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_FINDINGS = 1,    /* findings at or above --fail-on */
	EXIT_USAGE = 2,       /* usage or configuration, output included */
	EXIT_PARTIAL = 3,     /* done, but some rules were not assessed */
	EXIT_INPUT = 4,       /* input unreadable, damaged, wrong version */
	EXIT_AUTH = 5,        /* sign-in or authorization refused */
	EXIT_NETWORK = 6,     /* network or server gave up */
	EXIT_INTERNAL = 70,
};

enum { ERR_TEXT_MAX = 1024 };

struct err {
	enum exit_code code;
	char text[ERR_TEXT_MAX];
};

/*
 * Each fills ERR with a sentence that can be printed as it stands (without a
 * full stop) and returns -1, so that "return err_input(err, ...)" reads well.
 * Control characters that came in with the text are made visible.
 */
int err_input(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
int err_usage(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
int err_internal(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
int err_auth(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
int err_network(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Puts "PREFIX: " before what ERR says; returns -1. */
int err_prefix(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Appends to what ERR says; returns -1. */
int err_add(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
