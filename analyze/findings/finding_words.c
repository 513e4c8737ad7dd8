/* The finding of a line: texts by their number, and the trees beside them. */
#include "analyze/findings/line.h"

#include <string.h>

#include "analyze/findings/beside_json.h"
#include "analyze/findings/event_json.h"
#include "analyze/findings/line_words.h"
#include "analyze/findings/waiver_json.h"
#include "base/json.h"
#include "base/mem.h"

enum {
#define NUMBER(name) WORD_OF_##name,
	FINDING_TEXTS(NUMBER)
#undef NUMBER
	WORD_RULE, WORD_SEVERITY, WORD_STATUS, WORD_OBJECT, WORD_OTHER_FOREST,
	WORD_FOLLOWS_RULE, WORD_UNPROPOSED, WORD_KEY, WORD_FIRST_SEEN,
	WORD_REOPENED,
	WORD_TEXTS,
	WORD_PROPOSED = WORD_TEXTS, WORD_IDFIX, WORD_WAIVER,
	WORD_EXPIRED_WAIVER, WORD_RELATED, WORD_DEADLINE, WORD_EVENT,
	FINDING_WORDS
};

_Static_assert((int)FINDING_WORDS <= (int)WORDS_MAX, "words have room");

static const char *const names[FINDING_WORDS] = {
#define NAME(name) [WORD_OF_##name] = #name,
	FINDING_TEXTS(NAME)
#undef NAME
	[WORD_RULE] = "rule", [WORD_SEVERITY] = "severity",
	[WORD_STATUS] = "status", [WORD_OBJECT] = "object",
	[WORD_OTHER_FOREST] = "otherForest",
	[WORD_FOLLOWS_RULE] = "followsRule",
	[WORD_UNPROPOSED] = "unproposed", [WORD_KEY] = "key",
	[WORD_FIRST_SEEN] = "firstSeen", [WORD_REOPENED] = "reopened",
	[WORD_PROPOSED] = "proposed", [WORD_IDFIX] = "idfix",
	[WORD_WAIVER] = "waiver", [WORD_EXPIRED_WAIVER] = "expiredWaiver",
	[WORD_RELATED] = "related", [WORD_DEADLINE] = "deadline",
	[WORD_EVENT] = "event",
};

const struct word_names finding_names = {
	names, FINDING_WORDS,
	(UINT64_C(1) << FINDING_WORDS) - (UINT64_C(1) << WORD_TEXTS),
};

/* Of a file: it may have been made to have more than any finding has. */
enum { PROPOSED_MAX = 8 };

static struct proposed
parse_proposed(const struct json *j, size_t depth, struct arena *a)
{
	const struct json *more = json_get(j, "and");
	struct proposed *and = NULL;

	if (more && depth < PROPOSED_MAX) {
		and = arena_alloc(a, sizeof(*and));
		*and = parse_proposed(more, depth + 1, a);
	}
	return (struct proposed){
		.attribute = line_copy(j, "attribute", a),
		.old = line_copy(j, "old", a), .new = line_copy(j, "new", a),
		.and = and,
	};
}

/* One of which nobody knows what it is about proposes nothing. */
static bool
is_whole(const struct proposed *p)
{
	while (p && p->attribute)
		p = p->and;
	return !p;
}

/* What is proposed, whose texts go to A; of no attribute: nothing. */
static struct proposed
take_proposed(const char *text, struct arena *a)
{
	struct json *tree = json_of_text(text);
	struct proposed out = { .attribute = NULL };

	if (tree)
		out = parse_proposed(tree, 0, a);
	json_free(tree);
	return is_whole(&out) ? out : (struct proposed){ .attribute = NULL };
}

/* What IdFix says of it, likewise. */
static struct idfix_row
take_idfix(const char *text, struct arena *a)
{
	struct json *tree = json_of_text(text);
	struct idfix_row out = { .error = NULL };

	if (tree)
		out = (struct idfix_row){
			line_copy(tree, "error", a),
			line_copy(tree, "update", a),
			line_copy(tree, "action", a),
			line_copy(tree, "class", a),
		};
	json_free(tree);
	return out;
}

int
finding_take(const struct line_words *w, struct arena *a, struct finding *out)
{
	*out = (struct finding){
#define TAKE(name) .name = w->text[WORD_OF_##name],
		FINDING_TEXTS(TAKE)
#undef TAKE
		.rule = w->text[WORD_RULE], .object = w->text[WORD_OBJECT],
		.other_forest = w->text[WORD_OTHER_FOREST],
		.follows_rule = w->text[WORD_FOLLOWS_RULE],
		.unproposed = w->text[WORD_UNPROPOSED],
		.key = w->text[WORD_KEY],
		.first_seen = w->text[WORD_FIRST_SEEN],
		.reopened = w->text[WORD_REOPENED],
		.proposed = take_proposed(w->text[WORD_PROPOSED], a),
		.idfix = take_idfix(w->text[WORD_IDFIX], a),
	};
	if (!out->rule || !out->message ||
	    severity_parse(&out->severity, w->text[WORD_SEVERITY]) < 0)
		return -1;
	return status_parse(&out->status, w->text[WORD_STATUS]);
}

void
finding_take_beside(const struct line_words *w, struct arena *a,
                    struct finding *out)
{
	out->waiver = waiver_line_take(w->text[WORD_WAIVER], a);
	if (!out->waiver)
		out->waiver = waiver_line_take(w->text[WORD_EXPIRED_WAIVER],
		                               a);
	beside_take(w->text[WORD_RELATED], w->text[WORD_DEADLINE], a, out);
}

int
finding_take_event(const struct line_words *w, struct arena *a,
                   struct finding *out)
{
	out->event = (struct told_event){ .what = EVENT_NONE };
	return !words_have(w, WORD_EVENT) ? 0
		: event_text_take(w->text[WORD_EVENT], a, &out->event);
}
