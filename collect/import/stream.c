/* Inputs that the system reads: files and standard input. */
#include "collect/import/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"

struct file_stream {
	struct stream stream;    /* first: what the input holds */
	char *path;
	int fd;
};

static int
cannot_read(const char *path, struct err *err)
{
	return err_input(err, "%s: cannot be read: %s", path, strerror(errno));
}

static ssize_t
read_file(struct stream *s, char *data, size_t len, struct err *err)
{
	struct file_stream *f = (struct file_stream *)s;
	ssize_t n;

	do
		n = read(f->fd, data, len);
	while (n < 0 && errno == EINTR);
	return n < 0 ? cannot_read(f->path, err) : n;
}

static void
free_file(struct stream *s)
{
	struct file_stream *f = (struct file_stream *)s;

	if (f->fd != STDIN_FILENO)
		close(f->fd);
	free(f->path);
	free(f);
}

static struct stream *
file_stream(const char *path, int fd, const struct stat *st)
{
	struct file_stream *f = xcalloc(1, sizeof(*f));

	f->stream = (struct stream){
		.read = read_file, .free = free_file, .fd = -1,
		.modified = time(NULL), .size = SIZE_UNKNOWN,
	};
	if (S_ISREG(st->st_mode)) {
		f->stream.fd = fd;
		f->stream.modified = st->st_mtim.tv_sec;
		f->stream.size = (uint64_t)st->st_size;
	}
	f->path = xstrdup(path);
	f->fd = fd;
	return &f->stream;
}

struct stream *
stream_of_file(const char *path, struct err *err)
{
	/* Opening a pipe that nobody writes to must not wait for ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return file_stream(path, fd, &st);
	if (fd < 0)
		cannot_read(path, err);
	else
		err_input(err, "%s: is no regular file; want a file, a "
		          "folder, or - for standard input", path);
	if (fd >= 0)
		close(fd);
	return NULL;
}

struct stream *
stream_of_stdin(const char *path, struct err *err)
{
	struct stat st;

	if (fstat(STDIN_FILENO, &st) == 0)
		return file_stream(path, STDIN_FILENO, &st);
	cannot_read(path, err);
	return NULL;
}

void
stream_free(struct stream *s)
{
	if (s)
		s->free(s);
}
