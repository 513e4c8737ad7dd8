/* SHA-256, over libcrypto. */
#include "base/digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

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

void
digest_finish(struct digest *d, char text[DIGEST_TEXT])
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	must(EVP_DigestFinal_ex(d->ctx, md, &n));
	for (unsigned i = 0; i < n && i < DIGEST_TEXT / 2; i++)
		sprintf(text + 2 * i, "%02x", md[i]);
	digest_free(d);
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
