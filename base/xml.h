/*
 * XML that is small enough to be held as a tree: elements with their texts and
 * attributes. Alone knows libxml2, and uses the least of it: no document type,
 * and so no entities but the five of XML, nothing fetched, and ceilings.
 */
#ifndef BASE_XML_H
#define BASE_XML_H

#include <stddef.h>

struct err;
struct xml;
struct xml_node;

enum {
	XML_MAX = 64 << 20,      /* bytes of a document */
	XML_DEPTH = 64,          /* nesting accepted */
};

/*
 * Parses LEN bytes; NAME is what errors call them. NULL with ERR filled. The
 * caller frees the tree; all that it gives out belongs to it.
 */
struct xml *xml_parse(const char *name, const char *data, size_t len,
                      struct err *err);
/* The same of the file PATH. */
struct xml *xml_load(const char *path, struct err *err);
void xml_free(struct xml *x);

const struct xml_node *xml_root(const struct xml *x);

/* All that follow take NULL and then answer as for an empty element. */

/* The first child called NAME, and the next one of that name, or NULL. */
const struct xml_node *xml_child(const struct xml_node *n, const char *name);
const struct xml_node *xml_again(const struct xml_node *n);
/* The element at PATH below N: "filter/containers/inclusions". */
const struct xml_node *xml_at(const struct xml_node *n, const char *path);
const char *xml_name(const struct xml_node *n);
/* The text directly in N, without blanks around it; never NULL. */
const char *xml_text(const struct xml_node *n);
/* The attribute NAME, or NULL. */
const char *xml_attribute(const struct xml_node *n, const char *name);
unsigned xml_line(const struct xml_node *n);

#endif
