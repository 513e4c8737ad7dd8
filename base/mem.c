/* Allocation that ends the program when memory is out, and the arena. */
#include "base/mem.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { ARENA_BLOCK = 1 << 20 };

struct arena_block {
	struct arena_block *next;
	alignas(max_align_t) char bytes[];
};

void
xalloc_failed(void)
{
	fputs("syncscope: out of memory\n", stderr);
	exit(EXIT_INTERNAL);
}

static void *
checked(void *ptr)
{
	if (!ptr)
		xalloc_failed();
	return ptr;
}

void *
xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *
xcalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *
xrealloc(void *ptr, size_t size)
{
	return checked(realloc(ptr, size ? size : 1));
}

void *
xreallocarray(void *ptr, size_t count, size_t size)
{
	return checked(reallocarray(ptr, count ? count : 1, size ? size : 1));
}

char *
xstrdup(const char *text)
{
	return checked(strdup(text));
}

char *
xstrndup(const char *text, size_t len)
{
	return checked(strndup(text, len));
}

char *
xasprintf(const char *fmt, ...)
{
	char *out = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&out, fmt, ap);
	va_end(ap);
	return checked(n < 0 ? NULL : out);
}

void
arena_release(struct arena *a)
{
	struct arena_block *b = a->blocks;

	while (b) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
	*a = (struct arena){ 0 };
}

void
arena_clear(struct arena *a)
{
	struct arena_block *b = a->blocks;

	/* Only a block of the common size can be used again. */
	if (!b || b->next || a->end != b->bytes + ARENA_BLOCK) {
		arena_release(a);
		return;
	}
	a->next = b->bytes;
}

void
arena_adopt(struct arena *to, struct arena *from)
{
	struct arena_block **last = &to->blocks;

	while (*last)
		last = &(*last)->next;
	*last = from->blocks;
	*from = (struct arena){ 0 };
}

static char *
new_block(struct arena *a, size_t size)
{
	struct arena_block *b = xmalloc(sizeof(*b) + size);

	b->next = a->blocks;
	a->blocks = b;
	return b->bytes;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	size_t align = alignof(max_align_t);
	size_t want = (size + align - 1) & ~(align - 1);
	char *out;

	if (want < size)
		xalloc_failed();
	if (want > ARENA_BLOCK / 4)
		return new_block(a, want);
	if ((size_t)(a->end - a->next) < want) {
		a->next = new_block(a, ARENA_BLOCK);
		a->end = a->next + ARENA_BLOCK;
	}
	out = a->next;
	a->next += want;
	return out;
}

char *
arena_strndup(struct arena *a, const char *text, size_t len)
{
	char *out = arena_alloc(a, len + 1);

	if (len)
		memcpy(out, text, len);
	out[len] = '\0';
	return out;
}

char *
arena_strdup(struct arena *a, const char *text)
{
	return arena_strndup(a, text, strlen(text));
}

char *
arena_join(struct arena *a, const char *head, size_t head_len,
           const char *tail)
{
	size_t len = strlen(tail);
	char *out = arena_alloc(a, head_len + len + 1);

	memcpy(out, head, head_len);
	memcpy(out + head_len, tail, len + 1);
	return out;
}

/* glibc keeps what lies between pieces that are in use. */
void
mem_give_back(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
