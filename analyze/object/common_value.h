/*
 * Addresses and aliases as nearly all are: a pass over one tells, and nothing
 * is wrong with it. It is asked of every value, often.
 */
#ifndef ANALYZE_OBJECT_COMMON_VALUE_H
#define ANALYZE_OBJECT_COMMON_VALUE_H

#include <stdbool.h>

/* PREP; RFC 5321, 4.5.3.1, and RFC 1035, 2.3.4; "Set-Mailbox", Alias. */
enum { LOCAL_MOST = 64, LABEL_MOST = 63, ALIAS_MOST = 64 };

/* What parts of every address are made of: letters, digits, - and _. */
extern const bool is_word[256];

/* What every address may have; other characters are looked at one by one. */
static inline bool
is_plain(char c)
{
	return is_word[(unsigned char)c] || c == '.' || c == '@';
}

bool address_is_common(const char *address);
bool alias_is_common(const char *alias);

#endif
