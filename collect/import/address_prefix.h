/* The prefixes of proxyAddresses, by which joined values are taken apart. */
#ifndef COLLECT_IMPORT_ADDRESS_PREFIX_H
#define COLLECT_IMPORT_ADDRESS_PREFIX_H

/*
 * Whether what stands behind a prefix may hold blanks, commas or semicolons, as
 * X.500 names and X.400 addresses do.
 */
enum prefix_text { TEXT_TIGHT, TEXT_LOOSE };

struct address_prefix {
	const char *word;        /* "smtp:", in lower case */
	enum prefix_text text;
};

/* That with which TEXT begins, in any spelling, or NULL. */
const struct address_prefix *address_prefix_of(const char *text);

#endif
