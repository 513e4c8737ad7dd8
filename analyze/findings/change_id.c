/*
 * The unit of work of who mends: a value of an object, for which several rules
 * may speak. What one mistake makes of a value is mended with that value; what
 * several objects claim is decided once for all of them.
 */
#include "analyze/findings/change_id.h"

#include <string.h>

#include "analyze/findings/line.h"
#include "base/buf.h"

enum { PARTS = 4 };

/* What the id is over. */
struct change_key {
	const char *parts[PARTS];
};

/*
 * That after which F is mended, too. What is wrong with a domain as a whole is
 * mostly mended at each of its objects.
 */
static const struct finding *
mended_with(const struct finding *f)
{
	const char *own = finding_object(f);
	const char *other = f->root ? finding_object(f->root) : NULL;

	return f->along && own && other && strcmp(own, other) == 0 ? f->root
	                                                           : f;
}

static bool
is_none(const struct finding *f)
{
	return f->awaits_sync || (f->severity == SEVERITY_INFO &&
	                          !f->proposed.attribute);
}

/* Of what is written, that; else what was seen. */
static struct change_key
key_of(const struct finding *f)
{
	const struct claimed_value *c = &f->claimed;
	const char *object = finding_object(f);

	if (c->value)
		return (struct change_key){
			{ "claim", NULL, c->space, c->value }
		};
	if (f->proposed.attribute)
		return (struct change_key){
			{ "value", object, f->proposed.attribute,
			  f->proposed.old }
		};
	/* Without an attribute it is the object, for what the rule says. */
	return (struct change_key){
		{ f->attribute ? "value" : f->rule, object, f->attribute,
		  finding_print_value(f) }
	};
}

bool
change_is_shared(const struct finding *f)
{
	return mended_with(f)->claimed.value != NULL;
}

const char *
change_id(struct findings_batch *b, const struct finding *f,
          char text[FINGERPRINT_TEXT])
{
	const struct finding *by = mended_with(f);
	char whole[DIGEST_TEXT];
	struct change_key key;

	if (is_none(f))
		return NULL;
	key = key_of(is_none(by) ? f : by);
	buf_clear(&b->folded);
	for (size_t i = 0; i < PARTS; i++) {
		if (key.parts[i])
			line_fold_of(&b->folded, f, key.parts[i]);
		buf_addc(&b->folded, '\n');
	}
	if (!b->digest)
		b->digest = digest_new();
	digest_again(b->digest, b->folded.data, b->folded.len, whole);
	memcpy(text, whole, FINGERPRINT_TEXT - 1);
	text[FINGERPRINT_TEXT - 1] = '\0';
	return text;
}
