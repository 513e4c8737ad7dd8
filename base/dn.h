/*
 * Distinguished names (RFC 4514), as AD writes them, and as older programs do
 * (RFC 1779): values in quotes, ";" between components. AD compares them
 * without case and without blanks around separators.
 */
#ifndef BASE_DN_H
#define BASE_DN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * Appends the form of DN in which equal names are equal bytes: folded case, no
 * blanks around separators, one way of escaping. 0, or -1 when TEXT is no DN
 * (the empty text is none).
 */
int dn_normalise(struct buf *out, const char *text);

/* What follows the first separator of DN: its parent; "" at the top. */
const char *dn_parent(const char *dn);

/* The length of the first RDN: up to its separator or the end. */
size_t dn_first_len(const char *dn);

/* LEN bytes of DN without trailing blanks that mean nothing. */
size_t dn_trimmed_len(const char *dn, size_t len);

/* Whether the first RDN is of the type, such as "DC", without case. */
bool dn_first_is(const char *dn, const char *type);

/* Appends the value of the first RDN, unescaped, without blanks around it. */
void dn_first_value(struct buf *out, const char *dn);

/*
 * What AD did to the name of the object: of two of one name it renames one to
 * "name\0ACNF:guid", and a deleted one to "name\0ADEL:guid" (MS-ADTS
 * 3.1.1.5.1.4 and 3.1.1.5.5.1.1). What lies below such an object is plain.
 */
enum dn_mark { DN_PLAIN, DN_CONFLICT, DN_DELETED };
enum dn_mark dn_mark(const char *dn);

/*
 * Appends the DNS name that the last DC components give, in lower case:
 * "corp.example".
 */
void dn_domain(struct buf *out, const char *dn);
/*
 * Appends the canonical name (MS-ADTS 3.1.1.4.5.4): the domain and the values
 * from the top down, "corp.example/Staff/Berlin". A slash in a value has a
 * backslash before it, as there. It is for people: what nobody sees is marked
 * as invisible_mark() does, so that two DNs may give the same.
 */
void dn_canonical(struct buf *out, const char *dn);
/* Whether they give that one, in any case of letters. */
bool dn_is_in_domain(const char *dn, const char *domain);

/* Whether two texts are the same DN, however they are written; NULL is none. */
bool dn_same(const char *a, const char *b);
/* Equal for such; of what is no DN that of the text, folded. */
uint64_t dn_hash(const char *dn);

#endif
