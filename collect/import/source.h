/*
 * What a source of objects needs to know: where to put them. Sources know
 * nothing of the snapshot, and a test can stand in for it.
 */
#ifndef COLLECT_IMPORT_SOURCE_H
#define COLLECT_IMPORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/schema/schema.h"

struct err;
struct record;

/* A page of a Graph collection: several make up one answer. */
struct page {
	const char *context;     /* its @odata.context, or NULL */
	bool more;               /* it has an @odata.nextLink */
	long total;              /* its @odata.count, or -1 */
	long objects;            /* objects in this page */
};

struct sink {
	/*
	 * Takes one object, which begins at LINE of the input; 0, or -1 with
	 * ERR filled, which ends the input.
	 */
	int (*put)(struct sink *sink, enum section s, const struct record *r,
	           uint64_t line, struct err *err);
	/* The input is about this section, even if no object comes. */
	void (*asked)(struct sink *sink, enum section s);
	/* Objects or values of the section are known to lack. */
	void (*partial)(struct sink *sink, enum section s, const char *reason);
	/*
	 * The object of the section that is put next lacks values of the
	 * attribute, or has some that cannot be read: what it has is not known.
	 */
	void (*lack)(struct sink *sink, enum section s, const char *attribute,
	             const char *reason);
	/* Which attributes the input has for the section. */
	void (*cover)(struct sink *sink, enum section s, enum cover cover,
	              const char *const *names, size_t n);
	/* A page of a collection ended. */
	void (*page)(struct sink *sink, enum section s, const struct page *p);
	/* A sentence that the user should read. */
	void (*note)(struct sink *sink, const char *text);
	/* One about which nothing need be done. */
	void (*remark)(struct sink *sink, const char *text);
};

/*
 * A parser takes an input in pieces of any size, in UTF-8 without byte-order
 * mark and without NUL, and fills a sink. Errors read "FILE:LINE: ...". Each
 * kind of input has its own, which begins with this struct.
 */
struct parser {
	int (*feed)(struct parser *p, const char *data, size_t len,
	            struct err *err);
	/* The input is at its end; what is open now was cut. */
	int (*finish)(struct parser *p, struct err *err);
	void (*free)(struct parser *p);
};

/* A kind of input: a row of the table in import.c. */
struct source {
	const char *kind;        /* "ldif": the word for --as */
	/*
	 * Whether an input that begins with HEAD (at most SOURCE_HEAD bytes,
	 * cut anywhere, UTF-8 without mark) is of this kind.
	 */
	bool (*recognise)(const char *head, size_t len);
	/*
	 * Whether --as may take such a file for this kind where a folder or an
	 * archive was named, whatever else recognises it. NULL: what
	 * recognise() takes.
	 */
	bool (*accepts)(const char *head, size_t len);
	/*
	 * Of a HEAD that no kind recognises: what follows "FILE: ", such as
	 * "looks like Get-ADUser's CSV, but has no DistinguishedName: add it",
	 * or NULL. The first kind that knows one is heard. May be NULL.
	 */
	const char *(*lacks)(const char *head, size_t len);
	/* NAME stands for the file in errors. Never NULL. */
	struct parser *(*open)(const char *name, struct sink *sink);
};

enum { SOURCE_HEAD = 64 * 1024 };

#endif
