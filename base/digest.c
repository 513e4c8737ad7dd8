/* SHA-256, over libcrypto. */
#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"

struct digest {
	EVP_MD_CTX *ctx;
};

/* libcrypto fails here only when its own set-up is broken. */
static void
must(int ok)
{
	if (ok != 1) {
		fputs("syncscope: libcrypto cannot compute SHA-256\n", stderr);
		exit(EXIT_INTERNAL);
	}
}

struct digest *
digest_new(void)
{
	struct digest *d = xmalloc(sizeof(*d));

	d->ctx = EVP_MD_CTX_new();
	must(d->ctx && EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL));
	return d;
}

void
digest_add(struct digest *d, const void *data, size_t len)
{
	must(EVP_DigestUpdate(d->ctx, data, len));
}

static void
take_text(struct digest *d, char text[DIGEST_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	must(EVP_DigestFinal_ex(d->ctx, md, &n));
	for (unsigned i = 0; i < n && i < DIGEST_TEXT / 2; i++) {
		*text++ = digits[md[i] >> 4];
		*text++ = digits[md[i] & 15];
	}
	*text = '\0';
}

void
digest_finish(struct digest *d, char text[DIGEST_TEXT])
{
	take_text(d, text);
	digest_free(d);
}

void
digest_again(struct digest *d, const void *data, size_t len,
             char text[DIGEST_TEXT])
{
	must(EVP_DigestInit_ex(d->ctx, NULL, NULL));
	digest_add(d, data, len);
	take_text(d, text);
}

void
digest_free(struct digest *d)
{
	if (!d)
		return;
	EVP_MD_CTX_free(d->ctx);
	free(d);
}

void
digest_of(const void *data, size_t len, char text[DIGEST_TEXT])
{
	struct digest *d = digest_new();

	digest_add(d, data, len);
	digest_finish(d, text);
}

int
digest_file(const char *path, char text[DIGEST_TEXT], struct err *err)
{
	enum { BLOCK = 256 << 10 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct digest *d = digest_new();
	char *block = xmalloc(BLOCK);
	ssize_t n = -1;

	while (fd >= 0 && (n = read(fd, block, BLOCK)) > 0)
		digest_add(d, block, (size_t)n);
	free(block);
	if (fd >= 0)
		close(fd);
	digest_finish(d, text);
	return n < 0 ? err_input(err, "%s: cannot be read: %s", path,
	                         strerror(errno)) : 0;
}
