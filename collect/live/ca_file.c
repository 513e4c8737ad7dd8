/* Looks for a certificate that libcrypto can read. */
#include "collect/live/ca_file.h"

#include <stdio.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

bool
ca_file_is_good(const char *path)
{
	FILE *file = fopen(path, "re");
	X509 *one = file ? PEM_read_X509(file, NULL, NULL, NULL) : NULL;

	if (file)
		fclose(file);
	ERR_clear_error();
	X509_free(one);
	return one != NULL;
}
