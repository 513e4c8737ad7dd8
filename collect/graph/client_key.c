/* Certificate, key and assertion of an application. */
#include "collect/graph/client_key.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/guid.h"
#include "base/json.h"
#include "base/mem.h"
#include "collect/live/live.h"

enum {
	SECONDS = 600,           /* that an assertion is good for */
	SKEW = 60,               /* that clocks may differ by */
	DIGEST_BYTES = 32,
};

struct client_key {
	EVP_PKEY *key;
	X509 *cert;
};

void
client_key_free(struct client_key *k)
{
	if (!k)
		return;
	EVP_PKEY_free(k->key);
	X509_free(k->cert);
	free(k);
}

/* What a password callback is told, and what came of it. */
struct opener {
	const struct secret *password;
	bool asked;
};

/* libcrypto's: the password of an encrypted key. */
static int
give_password(char *out, int size, int writing, void *opener)
{
	struct opener *o = opener;

	(void)writing;
	o->asked = true;
	if (!o->password->text || o->password->len > (size_t)size)
		return -1;
	memcpy(out, o->password->text, o->password->len);
	return (int)o->password->len;
}

static BIO *
open_file(const char *path, struct err *err)
{
	BIO *in = BIO_new_file(path, "rb");

	ERR_clear_error();
	if (!in)
		err_usage(err, "%s: the file cannot be read", path);
	return in;
}

/* PKCS#12; old files are encrypted in a way that is a provider of its own. */
static bool
read_pkcs12(struct client_key *k, BIO *in, const struct opener *o)
{
	PKCS12 *p = d2i_PKCS12_bio(in, NULL);
	const char *text = o->password->text ? o->password->text : "";
	OSSL_PROVIDER *usual = NULL, *old = NULL;

	if (p && !PKCS12_parse(p, text, &k->key, &k->cert, NULL) &&
	    PKCS12_verify_mac(p, text, -1)) {
		old = OSSL_PROVIDER_load(NULL, "legacy");
		usual = OSSL_PROVIDER_load(NULL, "default");
		PKCS12_parse(p, text, &k->key, &k->cert, NULL);
		OSSL_PROVIDER_unload(old);
		OSSL_PROVIDER_unload(usual);
	}
	PKCS12_free(p);
	ERR_clear_error();
	return p != NULL;
}

static int
read_pem(struct client_key *k, const char *cert, const char *key,
         struct opener *o, struct err *err)
{
	BIO *in = open_file(cert, err);

	if (!in)
		return -1;
	k->cert = PEM_read_bio_X509(in, NULL, NULL, NULL);
	BIO_free(in);
	in = open_file(key ? key : cert, err);
	if (!in)
		return -1;
	k->key = PEM_read_bio_PrivateKey(in, NULL, give_password, o);
	BIO_free(in);
	ERR_clear_error();
	return 0;
}

static int
check(const struct client_key *k, const char *cert, const char *key,
      const struct opener *o, struct err *err)
{
	if (!k->key && o->asked)
		return err_usage(err, "%s: the key is encrypted, and %s",
		                 key ? key : cert, o->password->text
		                 ? "the password does not open it"
		                 : "there is no password");
	if (!k->cert)
		return err_usage(err, "%s: want a certificate in PEM, or "
		                 "PKCS#12", cert);
	if (!k->key)
		return err_usage(err, "%s: want a private key in PEM%s",
		                 key ? key : cert,
		                 key ? "" : ", or --key with its file");
	if (EVP_PKEY_get_base_id(k->key) != EVP_PKEY_RSA)
		return err_usage(err, "%s: want an RSA key; Entra takes no "
		                 "other", key ? key : cert);
	if (X509_check_private_key(k->cert, k->key) != 1)
		return err_usage(err, "%s: the key is not that of the "
		                 "certificate %s", key ? key : cert, cert);
	return 0;
}

struct client_key *
client_key_load(const char *cert, const char *key,
                const struct secret *password, bool *wants_password,
                struct err *err)
{
	struct client_key *k = xcalloc(1, sizeof(*k));
	struct opener o = { .password = password };
	BIO *in = open_file(cert, err);
	int rc = in ? 0 : -1;

	secret_guard();
	if (in && !key && read_pkcs12(k, in, &o))
		o.asked = !k->key;
	else if (in)
		rc = read_pem(k, cert, key, &o, err);
	BIO_free(in);
	if (rc == 0)
		rc = check(k, cert, key, &o, err);
	ERR_clear_error();
	*wants_password = o.asked && !password->text;
	if (rc == 0)
		return k;
	client_key_free(k);
	return NULL;
}

/* Base64 for addresses, without padding (RFC 4648 section 5). */
static void
put_base64url(struct buf *out, const unsigned char *data, size_t len)
{
	size_t from = out->len;

	base64_encode(out, data, len);
	while (out->len > from && out->data[out->len - 1] == '=')
		out->data[--out->len] = '\0';
	for (size_t i = from; i < out->len; i++)
		out->data[i] = out->data[i] == '+' ? '-'
			: out->data[i] == '/' ? '_' : out->data[i];
}

static int
put_header(const struct client_key *k, enum client_alg alg, struct buf *out,
           struct err *err)
{
	unsigned char print[EVP_MAX_MD_SIZE];
	struct buf thumb = { 0 }, text = { 0 };
	unsigned len;

	if (!X509_digest(k->cert, EVP_sha256(), print, &len))
		return err_internal(err, "the certificate has no thumbprint");
	put_base64url(&thumb, print, len);
	buf_addf(&text, "{\"alg\":\"%s\",\"typ\":\"JWT\",\"x5t#S256\":\"%s\"}",
	         alg == CLIENT_RS256 ? "RS256" : "PS256", buf_text(&thumb));
	put_base64url(out, (unsigned char *)text.data, text.len);
	buf_release(&thumb);
	buf_release(&text);
	return 0;
}

static int
put_claims(const struct client_claims *c, struct buf *out, struct err *err)
{
	struct buf text = { 0 };
	struct guid id;
	char jti[GUID_TEXT];

	if (RAND_bytes(id.bytes, GUID_BYTES) != 1)
		return err_internal(err, "there are no random numbers");
	guid_format(&id, jti);
	buf_adds(&text, "{\"aud\":");
	json_put_string(&text, c->audience, strlen(c->audience));
	for (int i = 0; i < 2; i++) {
		buf_adds(&text, i ? ",\"sub\":" : ",\"iss\":");
		json_put_string(&text, c->client, strlen(c->client));
	}
	buf_addf(&text, ",\"jti\":\"%s\",\"nbf\":%lld,\"iat\":%lld,"
	         "\"exp\":%lld}", jti, (long long)c->now - SKEW,
	         (long long)c->now, (long long)c->now + SECONDS);
	put_base64url(out, (unsigned char *)text.data, text.len);
	buf_release(&text);
	return 0;
}

/* RFC 7518: RS256 is section 3.3, PS256 (salt as long as the hash) 3.5. */
static int
sign(const struct client_key *k, enum client_alg alg, struct buf *out,
     struct err *err)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *how = NULL;
	unsigned char *sig = NULL;
	size_t len = 0;
	int rc = -1;

	if (ctx && EVP_DigestSignInit(ctx, &how, EVP_sha256(), NULL,
	                              k->key) == 1 &&
	    (alg == CLIENT_RS256 ||
	     (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1 &&
	      EVP_PKEY_CTX_set_rsa_pss_saltlen(how, DIGEST_BYTES) == 1)) &&
	    EVP_DigestSign(ctx, NULL, &len, (unsigned char *)out->data,
	                   out->len) == 1) {
		sig = xmalloc(len);
		if (EVP_DigestSign(ctx, sig, &len, (unsigned char *)out->data,
		                   out->len) == 1)
			rc = 0;
	}
	EVP_MD_CTX_free(ctx);
	if (rc == 0) {
		buf_addc(out, '.');
		put_base64url(out, sig, len);
	} else {
		err_usage(err, "the key cannot sign (%s)",
		          ERR_reason_error_string(ERR_peek_last_error()));
	}
	free(sig);
	return rc;
}

int
client_key_assert(const struct client_key *k, enum client_alg alg,
                  const struct client_claims *claims, struct buf *out,
                  struct err *err)
{
	struct buf text = { 0 };
	int rc = put_header(k, alg, &text, err);

	if (rc == 0) {
		buf_addc(&text, '.');
		rc = put_claims(claims, &text, err);
	}
	if (rc == 0)
		rc = sign(k, alg, &text, err);
	if (rc == 0)
		buf_add(out, text.data, text.len);
	buf_wipe(&text);
	return rc;
}
