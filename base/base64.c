/* Base64, over libcrypto. */
#include "base/base64.h"

#include <limits.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_encode(struct buf *out, const unsigned char *data, size_t len)
{
	/* EVP takes an int; a multiple of three bytes has no padding. */
	const size_t step = 3 * 1024;
	unsigned char text[4 * 1024 + 1];

	while (len > 0) {
		size_t take = len < step ? len : step;
		int n = EVP_EncodeBlock(text, data, (int)take);

		buf_add(out, (char *)text, (size_t)n);
		data += take;
		len -= take;
	}
}

/* The number of '=' at the end, or -1 when TEXT breaks the alphabet. */
static int
padding(const char *text, size_t len)
{
	int pad = 0;

	if (len % 4 || len > INT_MAX)
		return -1;
	if (len && text[len - 1] == '=')
		pad = text[len - 2] == '=' ? 2 : 1;
	if (strspn(text, alphabet) < len - (size_t)pad)
		return -1;
	return pad;
}

int
base64_decode(struct buf *out, const char *text, size_t len)
{
	char *copy = xstrndup(text, len);
	int pad = strlen(copy) == len ? padding(copy, len) : -1;
	unsigned char *bytes = xmalloc(len / 4 * 3 + 1);
	int n = -1;

	if (pad >= 0)
		n = EVP_DecodeBlock(bytes, (unsigned char *)copy, (int)len);
	if (n >= 0)
		buf_add(out, (char *)bytes, (size_t)(n - pad));
	free(bytes);
	free(copy);
	return n < 0 ? -1 : 0;
}
