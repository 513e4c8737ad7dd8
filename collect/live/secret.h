/*
 * Passwords: read from where the user keeps them, held in locked memory, and
 * wiped. None comes from the command line, none is printed, and a program that
 * has read one leaves no core file.
 */
#ifndef COLLECT_LIVE_SECRET_H
#define COLLECT_LIVE_SECRET_H

#include <stddef.h>

struct err;

enum { SECRET_MAX = 16384 };     /* tokens may have some thousand bytes */

struct secret {
	char *text;              /* NULL: none */
	size_t len;
};

/* Where a password may come from; what is NULL or -1 was not given. */
struct secret_place {
	const char *what;        /* "password": what messages call it */
	const char *option;      /* "--password-file": where FILE came from */
	const char *file;        /* "-": standard input */
	long descriptor;
	const char *variable;    /* the environment variable's name, or NULL */
	const char *prompt;      /* asked on the terminal, if there is one */
};

/*
 * The first place that was given, in the order above: file, descriptor,
 * environment, terminal. One line end at its end is not the password's. 0, or
 * -1 with ERR filled; an empty password is an error (LDAP would take it for an
 * anonymous sign-in, RFC 4513 section 5.1.2).
 */
int secret_read(struct secret *s, const struct secret_place *from,
                struct err *err);
/*
 * From now on no core file, and no debugger of the same user, shows what this
 * process holds. Reading a secret says so by itself.
 */
void secret_guard(void);
/* Takes a copy of TEXT, of SECRET_MAX bytes at most; 0 or -1. */
int secret_set(struct secret *s, const char *text);
/* Wipes it. */
void secret_release(struct secret *s);

/* Puts asterisks over S, or the beginning of it, wherever TEXT has it. */
void secret_mask(const struct secret *s, char *text);

#endif
