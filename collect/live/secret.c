/* Reads passwords without echo, locks them in memory, and wipes them. */
#include "collect/live/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/warn.h"
#include "collect/live/interrupt.h"

/* Bytes that nothing but the secret begins with. */
enum { TELLING = 12 };

void
secret_guard(void)
{
	prctl(PR_SET_DUMPABLE, 0);
}

static void
secret_room(struct secret *s)
{
	s->text = xcalloc(1, SECRET_MAX + 1);
	s->len = 0;
	/* Not written to swap, if the system allows that. */
	mlock(s->text, SECRET_MAX + 1);
}

void
secret_release(struct secret *s)
{
	if (!s->text)
		return;
	explicit_bzero(s->text, SECRET_MAX + 1);
	munlock(s->text, SECRET_MAX + 1);
	free(s->text);
	*s = (struct secret){ 0 };
}

static int
finish(struct secret *s, const char *where, const char *what,
       struct err *err)
{
	if (s->len && s->text[s->len - 1] == '\n')
		s->text[--s->len] = '\0';
	if (s->len && s->text[s->len - 1] == '\r')
		s->text[--s->len] = '\0';
	if (!s->len)
		return err_usage(err, "%s: holds no %s", where, what);
	if (memchr(s->text, '\n', s->len) || memchr(s->text, '\0', s->len))
		return err_usage(err, "%s: want a %s in one line", where,
		                 what);
	return 0;
}

/* Reads FD to its end, or to the end of the line from a terminal. */
static int
read_fd(struct secret *s, int fd, const char *where, const char *what,
        struct err *err)
{
	ssize_t n;

	secret_room(s);
	do {
		errno = EINTR;
		n = interrupt_came() ? -1
			: read(fd, s->text + s->len, SECRET_MAX - s->len);
		if (n > 0)
			s->len += (size_t)n;
	} while ((n > 0 && s->len < SECRET_MAX &&
	          !memchr(s->text, '\n', s->len)) ||
	         (n < 0 && errno == EINTR && !interrupt_came()));
	if (n < 0 && interrupt_came()) {
		err_usage(err, "interrupted");
		err->code = EXIT_NETWORK;
		return -1;
	}
	if (n < 0)
		return err_usage(err, "%s: the %s cannot be read: %s",
		                 where, what, strerror(errno));
	if (s->len == SECRET_MAX)
		return err_usage(err, "%s: want a %s of less than %d "
		                 "bytes", where, what, SECRET_MAX);
	return finish(s, where, what, err);
}

static int
read_file(struct secret *s, const struct secret_place *from, struct err *err)
{
	const char *path = from->file;
	int fd, rc;

	if (strcmp(path, "-") == 0)
		return read_fd(s, STDIN_FILENO, "standard input", from->what,
		               err);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_usage(err, "%s: %s: %s", from->option, path,
		                 strerror(errno));
	rc = read_fd(s, fd, path, from->what, err);
	close(fd);
	return rc;
}

static int
read_variable(struct secret *s, const struct secret_place *from,
              struct err *err)
{
	const char *name = from->variable, *value = getenv(name);

	secret_room(s);
	s->len = strlen(value);
	if (s->len > SECRET_MAX)
		return err_usage(err, "%s: want a %s of less than %d "
		                 "bytes", name, from->what, SECRET_MAX);
	memcpy(s->text, value, s->len);
	return finish(s, name, from->what, err);
}

/* 0 when nothing that is typed is shown from now on. */
static int
hide(int fd, struct termios *old, const struct secret_place *from,
     struct err *err)
{
	struct termios quiet;
	int rc = tcgetattr(fd, old);

	quiet = *old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	/* It succeeds as soon as anything could be set. */
	if (rc == 0 && tcsetattr(fd, TCSAFLUSH, &quiet) == 0 &&
	    tcgetattr(fd, &quiet) == 0 && !(quiet.c_lflag & ECHO))
		return 0;
	if (rc == 0)
		tcsetattr(fd, TCSAFLUSH, old);
	return err_usage(err, "the terminal cannot be kept from showing the "
	                 "%s; want %s or %s", from->what, from->option,
	                 from->variable);
}

/* Without echo; the terminal itself, since standard input may be a file. */
static int
ask(struct secret *s, const struct secret_place *from, struct err *err)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY), rc;
	struct termios old = { 0 };
	sigset_t stop, before;

	if (fd < 0)
		return err_usage(err, "there is no terminal to ask for the "
		                 "%s; want %s or %s", from->what,
		                 from->option, from->variable);
	/* Whoever stops us here would get a terminal without echo. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigprocmask(SIG_BLOCK, &stop, &before);
	rc = hide(fd, &old, from, err);
	if (rc == 0) {
		dprintf(fd, "%s: ", from->prompt);
		rc = read_fd(s, fd, "the terminal", from->what, err);
		dprintf(fd, "\n");
		if (tcsetattr(fd, TCSAFLUSH, &old) != 0)
			warn("the terminal may not show what is typed: %s; "
			     "\"stty echo\" fixes that", strerror(errno));
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(fd);
	return rc;
}

int
secret_read(struct secret *s, const struct secret_place *from, struct err *err)
{
	const char *value = from->variable ? getenv(from->variable) : NULL;

	*s = (struct secret){ 0 };
	secret_guard();
	if (from->file)
		return read_file(s, from, err);
	if (from->descriptor >= 0)
		return read_fd(s, (int)from->descriptor, "--password-fd",
		               from->what, err);
	if (value && *value)
		return read_variable(s, from, err);
	return ask(s, from, err);
}

int
secret_set(struct secret *s, const char *text)
{
	size_t len = strlen(text);

	if (len > SECRET_MAX)
		return -1;
	secret_guard();
	secret_release(s);
	secret_room(s);
	memcpy(s->text, text, len);
	s->len = len;
	return 0;
}

void
secret_mask(const struct secret *s, char *text)
{
	char start[TELLING + 1] = { 0 };
	char *at = text;

	if (!s->text || !s->len)
		return;
	memcpy(start, s->text, s->len < TELLING ? s->len : TELLING);
	while ((at = strstr(at, start)) != NULL)
		for (size_t i = 0; i < s->len && at[0] &&
		     at[0] == s->text[i]; i++)
			*at++ = '*';
	explicit_bzero(start, sizeof(start));
}
