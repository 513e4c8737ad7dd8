/* Allocation that does not fail (the program ends), and the arena. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Says that memory is out and ends the program. */
void xalloc_failed(void) __attribute__((noreturn));

/* As malloc and friends, but end the program when there is no memory. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *ptr, size_t size);
void *xreallocarray(void *ptr, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Lets the system have what was freed, when much was. */
void mem_give_back(void);

/* An arena: memory that is given out in pieces and freed at once. */
struct arena {
	struct arena_block *blocks;
	char *next, *end;
};

void arena_release(struct arena *a);
/* Forgets what was given out and keeps one block for what comes. */
void arena_clear(struct arena *a);
/* Gives what FROM handed out to TO, and leaves FROM empty. */
void arena_adopt(struct arena *to, struct arena *from);
/* Memory aligned for any type, not cleared. */
void *arena_alloc(struct arena *a, size_t size);
/* LEN bytes of TEXT and a NUL. */
char *arena_strndup(struct arena *a, const char *text, size_t len);
char *arena_strdup(struct arena *a, const char *text);
/* HEAD_LEN bytes of HEAD, TAIL and a NUL. */
char *arena_join(struct arena *a, const char *head, size_t head_len,
                 const char *tail);

#endif
