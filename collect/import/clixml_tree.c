/* From the elements of CLIXML to the tree of each object. */
#include "collect/import/clixml_tree.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/xml.h"
#include "base/xml_stream.h"
#include "collect/import/clixml_text.h"

/* What an element is. */
enum meaning {
	ROLE_SKIP,               /* nothing that is read, nor what is in it */
	ROLE_FILE,               /* Objs */
	ROLE_OBJECT,
	ROLE_TYPES, ROLE_TYPE, ROLE_TYPE_AGAIN,
	ROLE_SHOWN,              /* what the object prints */
	ROLE_PROPS,
	ROLE_LIST,
	ROLE_DICTIONARY,
	ROLE_ENTRY,
	ROLE_VALUE,
	ROLE_REFERENCE,
};

/* MS-PSRP sections 2.2.5.1 (primitive types) and 2.2.5.2 (complex objects). */
static const struct {
	const char *name;
	enum meaning role;
	enum clixml_kind kind;
} elements[] = {
	{ .name = "S", .role = ROLE_VALUE, .kind = CLIXML_TEXT },
	{ .name = "Nil", .role = ROLE_VALUE, .kind = CLIXML_NIL },
	{ .name = "B", .role = ROLE_VALUE, .kind = CLIXML_FLAG },
	{ .name = "I32", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "I64", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "DT", .role = ROLE_VALUE, .kind = CLIXML_TIME },
	{ .name = "G", .role = ROLE_VALUE, .kind = CLIXML_GUID },
	{ .name = "BA", .role = ROLE_VALUE, .kind = CLIXML_OCTETS },
	{ .name = "Obj", .role = ROLE_OBJECT },
	{ .name = "Props", .role = ROLE_PROPS },
	{ .name = "MS", .role = ROLE_PROPS },
	{ .name = "ToString", .role = ROLE_SHOWN },
	{ .name = "TN", .role = ROLE_TYPES },
	{ .name = "TNRef", .role = ROLE_TYPE_AGAIN },
	{ .name = "T", .role = ROLE_TYPE },
	{ .name = "LST", .role = ROLE_LIST },
	{ .name = "IE", .role = ROLE_LIST },
	{ .name = "QUE", .role = ROLE_LIST },
	{ .name = "STK", .role = ROLE_LIST },
	{ .name = "DCT", .role = ROLE_DICTIONARY },
	{ .name = "En", .role = ROLE_ENTRY },
	{ .name = "Ref", .role = ROLE_REFERENCE },
	{ .name = "U32", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "U64", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "I16", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "U16", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "By", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "SB", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "Db", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "Sg", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "D", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
	{ .name = "TS", .role = ROLE_VALUE, .kind = CLIXML_TEXT },
	{ .name = "URI", .role = ROLE_VALUE, .kind = CLIXML_TEXT },
	{ .name = "Version", .role = ROLE_VALUE, .kind = CLIXML_TEXT },
	{ .name = "XD", .role = ROLE_VALUE, .kind = CLIXML_TEXT },
	{ .name = "SBK", .role = ROLE_VALUE, .kind = CLIXML_TEXT },
	{ .name = "C", .role = ROLE_VALUE, .kind = CLIXML_NUMBER },
};

enum { TYPE_MAX = 1000 };        /* bytes of a type's name */

/* An element that is open, and the value that it is, or is about. */
struct open_element {
	enum meaning role;
	struct clixml_value *value;
};

/* An object that others can refer to. */
struct target {
	uint64_t id;
	const struct clixml_value *value;
};

struct clixml_tree {
	struct xml_stream_sink events;   /* first */
	struct clixml_tree_sink *sink;
	char *name;
	struct arena arena;              /* of the object at hand */
	struct open_element frames[XML_DEPTH];
	int depth;
	struct buf text, word;           /* of the element; of an attribute */
	struct target *targets;          /* by id, which grows */
	size_t target_count, target_room;
	char *types[CLIXML_TYPES_MAX];   /* by id: the first name; owned */
	uint64_t type_id;                /* of the names being read */
	size_t size, values;             /* of the object */
	uint64_t line;                   /* that it begins in */
};

static struct clixml_tree *
of_events(struct xml_stream_sink *s)
{
	return (struct clixml_tree *)s;
}

static int
wrong(const struct clixml_tree *t, uint64_t line, const char *want,
      struct err *err)
{
	return err_input(err, "%s:%llu: want %s", t->name,
	                 (unsigned long long)line, want);
}

static void
append(struct clixml_value **first, struct clixml_value **last,
       struct clixml_value *v)
{
	if (*last)
		(*last)->next = v;
	else
		*first = v;
	*last = v;
}

/* Puts V where the element that is open says. */
static void
place(struct clixml_tree *t, struct clixml_value *v)
{
	const struct open_element *f = &t->frames[t->depth - 1];

	if (f->role == ROLE_PROPS || f->role == ROLE_ENTRY) {
		append(&f->value->props, &f->value->props_last, v);
		f->value->prop_count++;
	} else if (f->role == ROLE_LIST || f->role == ROLE_DICTIONARY) {
		append(&f->value->first, &f->value->last, v);
	} else if (f->role == ROLE_OBJECT) {
		f->value->inner = v;
	}
}

static void
begin_object(struct clixml_tree *t, uint64_t line)
{
	arena_clear(&t->arena);
	t->target_count = 0;
	t->size = t->values = 0;
	t->line = line;
}

static struct clixml_value *
new_value(struct clixml_tree *t, enum clixml_kind kind,
          const struct xml_tag *tag)
{
	struct clixml_value *v = arena_alloc(&t->arena, sizeof(*v));

	*v = (struct clixml_value){
		.kind = kind, .text = "", .weight = t->values
	};
	if (xml_tag_get(tag, "N", &t->word)) {
		clixml_unescape(&t->word);
		v->name = arena_strdup(&t->arena, buf_text(&t->word));
	}
	t->values++;
	t->size += sizeof(*v) + t->word.len;
	place(t, v);
	return v;
}

/* The number in RefId; UINT64_MAX: there is none. */
static uint64_t
reference(struct clixml_tree *t, const struct xml_tag *tag)
{
	uint64_t id;

	if (!xml_tag_get(tag, "RefId", &t->word) ||
	    number_parse(&id, buf_text(&t->word), UINT64_MAX - 1) < 0)
		return UINT64_MAX;
	return id;
}

/* .NET gives numbers in the order in which objects begin. */
static void
add_target(struct clixml_tree *t, uint64_t id, const struct clixml_value *v)
{
	if (id == UINT64_MAX || (t->target_count &&
	    t->targets[t->target_count - 1].id >= id))
		return;
	LIST_RESERVE(t->targets, t->target_room, t->target_count + 1);
	t->targets[t->target_count++] = (struct target){ id, v };
}

static int
by_id(const void *a, const void *b)
{
	uint64_t x = ((const struct target *)a)->id;
	uint64_t y = ((const struct target *)b)->id;

	return x < y ? -1 : x > y;
}

/*
 * An object that stands elsewhere is given again, unless it holds such ones
 * itself: else a few lines could stand for any amount.
 */
static void
take_reference(struct clixml_tree *t, const struct xml_tag *tag)
{
	struct clixml_value *v = new_value(t, CLIXML_LOST, tag);
	const struct target key = { .id = reference(t, tag) };
	const struct target *found = t->target_count
		? bsearch(&key, t->targets, t->target_count, sizeof(key),
		          by_id)
		: NULL;
	const char *name = v->name;

	for (int i = 1; i < t->depth; i++)
		if (t->frames[i].value)
			t->frames[i].value->refers = true;
	if (!found || !found->value->done || found->value->refers)
		return;
	*v = *found->value;
	t->values += v->weight;
	v->name = name;
	v->next = NULL;
}

/* Names of types are kept for the whole file, each once. */
static void
begin_types(struct clixml_tree *t, const struct xml_tag *tag)
{
	t->type_id = reference(t, tag);
	if (t->type_id < CLIXML_TYPES_MAX) {
		free(t->types[t->type_id]);
		t->types[t->type_id] = NULL;
	}
}

static void
end_type(struct clixml_tree *t, struct clixml_value *of)
{
	if (of->type || t->text.len > TYPE_MAX)
		return;
	of->type = arena_strdup(&t->arena, buf_text(&t->text));
	if (t->type_id < CLIXML_TYPES_MAX && !t->types[t->type_id])
		t->types[t->type_id] = xstrdup(of->type);
}

static void
take_type_again(struct clixml_tree *t, const struct xml_tag *tag,
                struct clixml_value *of)
{
	uint64_t id = reference(t, tag);

	if (id < CLIXML_TYPES_MAX && t->types[id] && !of->type)
		of->type = arena_strdup(&t->arena, t->types[id]);
}

/* The role of an element within the one that is open. */
static enum meaning
meaning_within(const struct open_element *parent, enum meaning role)
{
	bool in_object = parent->role == ROLE_OBJECT;
	bool holds = in_object || parent->role == ROLE_PROPS ||
	             parent->role == ROLE_LIST || parent->role == ROLE_ENTRY;

	switch (role) {
	case ROLE_OBJECT:
		return holds || parent->role == ROLE_FILE ? role : ROLE_SKIP;
	case ROLE_VALUE:
	case ROLE_REFERENCE:
		return holds ? role : ROLE_SKIP;
	case ROLE_TYPE:
		return parent->role == ROLE_TYPES ? role : ROLE_SKIP;
	case ROLE_ENTRY:
		return parent->role == ROLE_DICTIONARY ? role : ROLE_SKIP;
	default:
		return in_object ? role : ROLE_SKIP;
	}
}

static struct open_element
begin_element(struct clixml_tree *t, const struct xml_tag *tag, size_t i)
{
	const struct open_element *parent = &t->frames[t->depth - 1];
	struct open_element f = { meaning_within(parent, elements[i].role),
	                   parent->value };

	switch (f.role) {
	case ROLE_OBJECT:
		if (parent->role == ROLE_FILE)
			begin_object(t, tag->line);
		f.value = new_value(t, CLIXML_OBJECT, tag);
		add_target(t, reference(t, tag), f.value);
		break;
	case ROLE_ENTRY:
		f.value = new_value(t, CLIXML_OBJECT, tag);
		break;
	case ROLE_VALUE:
		f.value = new_value(t, elements[i].kind, tag);
		break;
	case ROLE_REFERENCE:
		take_reference(t, tag);
		break;
	case ROLE_LIST:
	case ROLE_DICTIONARY:
		f.value->is_list = true;
		break;
	case ROLE_TYPES:
		begin_types(t, tag);
		break;
	case ROLE_TYPE_AGAIN:
		take_type_again(t, tag, f.value);
		break;
	default:
		break;
	}
	return f;
}

static int
check_ceilings(const struct clixml_tree *t, struct err *err)
{
	const struct clixml_value *v = t->frames[t->depth - 1].value;

	if (v && v->prop_count > CLIXML_PROPS_MAX)
		return wrong(t, t->line, "objects of at most 20,000 "
		             "properties", err);
	if (t->size > CLIXML_OBJECT_MAX)
		return wrong(t, t->line, "objects of less than 48 MiB", err);
	if (t->values > CLIXML_VALUES_MAX)
		return wrong(t, t->line, "objects of at most 1,000,000 values",
		             err);
	return 0;
}

static int
on_begin(struct xml_stream_sink *s, const struct xml_tag *tag,
         struct err *err)
{
	struct clixml_tree *t = of_events(s);
	const size_t n = sizeof(elements) / sizeof(elements[0]);
	struct open_element f = { .role = ROLE_SKIP };
	size_t i = 0;

	buf_clear(&t->text);
	buf_clear(&t->word);
	while (i < n && strcmp(elements[i].name, tag->name) != 0)
		i++;
	if (!t->depth && strcmp(tag->name, "Objs") != 0)
		return wrong(t, tag->line, "<Objs>, as Export-Clixml writes it",
		             err);
	if (!t->depth)
		f.role = ROLE_FILE;
	else if (i < n)
		f = begin_element(t, tag, i);
	if (t->depth && check_ceilings(t, err) < 0)
		return -1;
	t->frames[t->depth++] = f;
	return 0;
}

static void
end_object(const struct clixml_tree *t, struct clixml_value *v)
{
	v->done = true;
	v->weight = t->values - v->weight;
}

static bool
wants_text(enum meaning role)
{
	return role == ROLE_VALUE || role == ROLE_SHOWN || role == ROLE_TYPE;
}

static int
on_text(struct xml_stream_sink *s, const char *text, size_t len,
        struct err *err)
{
	struct clixml_tree *t = of_events(s);

	if (!wants_text(t->frames[t->depth - 1].role))
		return 0;
	buf_add(&t->text, text, len);
	if (t->size + t->text.len > CLIXML_OBJECT_MAX)
		return wrong(t, t->line, "objects of less than 48 MiB", err);
	return 0;
}

static int
on_end(struct xml_stream_sink *s, struct err *err)
{
	struct clixml_tree *t = of_events(s);
	const struct open_element f = t->frames[--t->depth];

	if (wants_text(f.role)) {
		clixml_unescape(&t->text);
		t->size += t->text.len;
	}
	if (f.role == ROLE_VALUE || f.role == ROLE_SHOWN)
		f.value->text = arena_strndup(&t->arena, buf_text(&t->text),
		                              t->text.len);
	else if (f.role == ROLE_TYPE)
		end_type(t, f.value);
	else if (f.role == ROLE_OBJECT)
		end_object(t, f.value);
	buf_clear(&t->text);
	if (f.role == ROLE_OBJECT && t->frames[t->depth - 1].role == ROLE_FILE)
		return t->sink->object(t->sink, f.value, t->line, err);
	return 0;
}

struct clixml_tree *
clixml_tree_new(const char *name, struct clixml_tree_sink *sink)
{
	struct clixml_tree *t = xcalloc(1, sizeof(*t));

	t->events = (struct xml_stream_sink){
		.begin = on_begin, .text = on_text, .end = on_end
	};
	t->name = xstrdup(name);
	t->sink = sink;
	return t;
}

void
clixml_tree_free(struct clixml_tree *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < CLIXML_TYPES_MAX; i++)
		free(t->types[i]);
	free(t->targets);
	arena_release(&t->arena);
	buf_release(&t->text);
	buf_release(&t->word);
	free(t->name);
	free(t);
}

struct xml_stream_sink *
clixml_tree_events(struct clixml_tree *t)
{
	return &t->events;
}

const struct clixml_value *
clixml_prop(const struct clixml_value *v, const char *name)
{
	const struct clixml_value *p = v->props;

	while (p && (!p->name || strcasecmp(p->name, name) != 0))
		p = p->next;
	return p;
}
