/* What decides whether an object is ready, and whether it is known. */
#include "analyze/rules/rules.h"

#include "analyze/rules/assess.h"
#include "analyze/rules/needs.h"
#include "base/buf.h"
#include "base/mem.h"

/* What lacks of all that the rules of a kind read. */
struct lacking {
	struct attr_set attrs;
	struct section_set sections;
	/* Of other kinds, whose objects may have what one of these has. */
	struct attr_set shared[KIND_COUNT];
	unsigned needs;
	const char *match;       /* why nobody knows whose account is whose */
};

/*
 * What the engine's filters read beside what rules do (analyze/scope): who is
 * left out is not ready, whatever else is right.
 */
static const struct attr_set filtered_by[KIND_COUNT] = {
	[KIND_USER] = ATTRS(ATTR_SAM, ATTR_CRITICAL, ATTR_ADMIN_DESCRIPTION,
	                    ATTR_RECIPIENT_TYPE),
	[KIND_GROUP] = ATTRS(ATTR_CRITICAL, ATTR_ADMIN_DESCRIPTION,
	                     ATTR_RECIPIENT_TYPE, ATTR_GROUP_TYPE, ATTR_MAIL),
	[KIND_CONTACT] = ATTRS(ATTR_CRITICAL, ATTR_MAIL),
	[KIND_COMPUTER] = ATTRS(ATTR_CERTIFICATE),
};

static bool
has_tenant(const struct model *m)
{
	return m->tenant != NULL;
}

/* There is nothing that the rule could look at. */
static bool
is_inapplicable(struct model_part p, const struct rule *rule)
{
	for (size_t i = 0; i < need_row_count; i++)
		if ((rule->needs & need_rows[i].need) &&
		    need_rows[i].kind == NEED_OBJECTS &&
		    !need_rows[i].met(p))
			return true;
	return false;
}

/* Without a scope all count as in scope, which the forecast says itself. */
static void
add_needs(struct model_part p, const struct rule *rule, struct lacking *l)
{
	for (size_t i = 0; i < need_row_count; i++)
		if ((rule->needs & need_rows[i].need) && has_tenant(p.m) &&
		    need_rows[i].need != NEED_SCOPE && !need_rows[i].met(p))
			l->needs |= need_rows[i].need;
}

static void
add_sections(struct model_part p, const struct rule *rule, struct lacking *l)
{
	for (int i = 0; i < SECTION_COUNT; i++) {
		enum section s = (enum section)i;

		if (!section_set_has(&rule->sections, s) &&
		    !section_set_has(&rule->wishes, s))
			continue;
		if (section_side(s) == SIDE_TENANT && !has_tenant(p.m))
			continue;
		if (!part_complete(p, s))
			section_set_add(&l->sections, s);
	}
}

/* What lacks of RULE's own attributes in the section, which was read. */
static void
add_own(struct model_part p, const struct rule *rule, enum section s,
        struct attr_set *to)
{
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);

		/* What objects of the section never have does not lack. */
		if (name && attr_set_has(&rule->attrs, (unsigned)a) &&
		    reads_has(s, name) && !part_covers(p, s, (enum attr)a))
			attr_set_add(to, (unsigned)a);
	}
}

/*
 * Whether others have a value nobody knows of whom was not read: a rule on
 * what several have looks at objects of all its kinds, whichever it reports.
 */
static void
add_sharers(struct model_part p, const struct rule *rule, struct lacking *l)
{
	static const enum kind kinds[] = { KIND_USER, KIND_GROUP,
	                                   KIND_CONTACT };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		enum section s = section_of(SIDE_AD, kinds[i]);

		if (!(rule->needs & NEED_SHARERS) ||
		    !(rule->kinds & KIND_BIT(kinds[i])))
			continue;
		if (!part_complete(p, s))
			section_set_add(&l->sections, s);
		else if (part_lines(p, s))
			add_own(p, rule, s, &l->shared[kinds[i]]);
	}
}

static void
add_attributes(struct model_part p, const struct rule *rule, enum section s,
               struct lacking *l)
{
	bool any = attr_set_is_empty(&rule->any_attr);

	for (int a = 0; a < ATTR_COUNT; a++)
		any = any || (attr_set_has(&rule->any_attr, (unsigned)a) &&
		              part_covers(p, s, (enum attr)a));
	if (!any)
		attr_set_join(&l->attrs, &rule->any_attr);
	add_own(p, rule, s, &l->attrs);
}

static void
add_match(struct model_part p, const struct rule *rule, enum kind kind,
          struct lacking *l)
{
	enum section tenant = section_of(SIDE_TENANT, kind);

	if (has_tenant(p.m) && tenant != SECTION_COUNT &&
	    (rule->needs & (NEED_MATCH | NEED_MATCH_IN_PART)))
		l->match = joins_lack(p.m, tenant);
}

static void
add_filters(struct model_part p, enum kind kind, enum section s,
            struct lacking *l)
{
	for (int a = 0; a < ATTR_COUNT; a++)
		if (attr_set_has(&filtered_by[kind], (unsigned)a) &&
		    !part_covers(p, s, (enum attr)a))
			attr_set_add(&l->attrs, (unsigned)a);
}

static void
begin(struct buf *out)
{
	buf_adds(out, out->len ? "; " : "");
}

static void
tell_attributes(struct buf *out, const struct attr_set *attrs, enum section s)
{
	size_t n = 0;

	if (attr_set_is_empty(attrs))
		return;
	begin(out);
	buf_addf(out, "%s: ", section_title(s));
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);

		if (name && attr_set_has(attrs, (unsigned)a))
			buf_addf(out, "%s%s", n++ ? ", " : "", name);
	}
	buf_adds(out, " not collected");
}

/* What lacks, in words; NULL: nothing does. */
static const char *
tell(const struct lacking *l, struct model_part p, enum section s,
     struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	tell_attributes(&out, &l->attrs, s);
	for (int k = 0; k < KIND_COUNT; k++)
		if (section_of(SIDE_AD, (enum kind)k) != s)
			tell_attributes(&out, &l->shared[k],
			                section_of(SIDE_AD, (enum kind)k));
	for (int i = 0; i < SECTION_COUNT; i++) {
		if (!section_set_has(&l->sections, (enum section)i))
			continue;
		begin(&out);
		buf_addf(&out, "%s %s", section_title((enum section)i),
		         assess_lack(p, (enum section)i));
	}
	for (size_t i = 0; i < need_row_count; i++) {
		if (!(l->needs & need_rows[i].need) || need_rows[i].met(p) ||
		    need_rows[i].kind == NEED_ASIDE ||
		    (l->match && need_rows[i].need == NEED_ANCHORS))
			continue;
		begin(&out);
		buf_adds(&out, need_rows[i].reason);
	}
	if (l->match) {
		begin(&out);
		buf_addf(&out, "matching is not known: %s", l->match);
	}
	text = out.len ? arena_strdup(a, out.data) : NULL;
	buf_release(&out);
	return text;
}

static void
fill_kind(struct readiness_basis *b, const struct rule_choice *of,
          struct model_part p, enum kind kind, struct arena *a)
{
	enum section s = section_of(SIDE_AD, kind);
	struct lacking l = { 0 };

	for (size_t i = 0; i < of->count; i++) {
		const struct rule *rule = of->rules[i];

		if ((of->chosen && !of->chosen[i]) ||
		    rule->side != SIDE_AD || !(rule->kinds & KIND_BIT(kind)) ||
		    rule->severity >= SEVERITY_INFO ||
		    rule->bearing == BEARS_ELSEWHERE ||
		    is_inapplicable(p, rule))
			continue;
		attr_set_join(&b->decides[kind], &rule->attrs);
		attr_set_join(&b->decides[kind], &rule->any_attr);
		add_needs(p, rule, &l);
		add_sections(p, rule, &l);
		add_sharers(p, rule, &l);
		add_attributes(p, rule, s, &l);
		add_match(p, rule, kind, &l);
	}
	add_filters(p, kind, s, &l);
	attr_set_join(&b->decides[kind], &filtered_by[kind]);
	if (!part_complete(p, s))
		section_set_add(&l.sections, s);
	b->lacks[kind] = tell(&l, p, s, a);
}

void
readiness_basis_fill(struct readiness_basis *b, const struct rule_choice *of,
                     struct model_part p, struct arena *a)
{
	static const enum kind kinds[] = {
		KIND_USER, KIND_GROUP, KIND_CONTACT, KIND_COMPUTER,
	};

	*b = (struct readiness_basis){ 0 };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		fill_kind(b, of, p, kinds[i], a);
}

/* Whether the part has objects of the section that are judged with it. */
static bool
is_told(struct model_part p, enum section s)
{
	return part_lines(p, s) && (p.d ? p.d->objects > 0
	                                : !p.m->domains.with_objects);
}

static const char *
lacks_of(const struct readiness_basis *b, const struct rule_plan *d,
         enum kind kind, struct arena *a)
{
	enum section s = section_of(SIDE_AD, kind);
	struct part_texts *t = part_texts_new();
	const char *text;

	for (size_t i = 0; s != SECTION_COUNT && i < d->part_count; i++)
		if (is_told(d->parts[i].part, s))
			part_texts_add(t, d->parts[i].part.d, b[i].lacks[kind]);
	text = part_texts_join(t, a);
	part_texts_free(t);
	return text;
}

size_t
readiness_not_known(const struct readiness_basis *b,
                    const struct rule_plan *d, struct arena *a,
                    struct not_known **out)
{
	size_t n = 0;

	*out = arena_alloc(a, KIND_COUNT * sizeof(**out));
	for (int k = 0; k < KIND_COUNT; k++) {
		const char *lacks = lacks_of(b, d, (enum kind)k, a);

		if (lacks)
			(*out)[n++] = (struct not_known){
				kind_name((enum kind)k), lacks
			};
	}
	return n;
}

bool
readiness_is_known(const struct readiness_basis *b, const struct model *m,
                   const struct object *o)
{
	return !b->lacks[o->kind] && o->scope.cause != SCOPE_BY_GUESS &&
	       !attr_set_meets(&o->unclear, &b->decides[o->kind]) &&
	       !(o->links.account && o->links.account->unread) &&
	       !o->forecast.joined.enabled_unread && !o->forecast.joined.open &&
	       (o->forecast.line.match != MATCH_UNKNOWN || !has_tenant(m) ||
	        o->kind == KIND_COMPUTER);
}

/*
 * A finding that must be mended first blocks; lesser ones warn; without any it
 * is ready if all was looked at.
 */
enum readiness
readiness_of(const struct readiness_basis *b, const struct model *m,
             const struct object *o, enum severity worst)
{
	if (o->scope.state != SCOPE_IN)
		return READINESS_OUT_OF_SCOPE;
	if (worst <= SEVERITY_HIGH)
		return READINESS_BLOCKED;
	if (worst <= SEVERITY_LOW)
		return READINESS_WARNING;
	/* What its account lacks of AD's values nobody has explained. */
	if (o->forecast.overruled)
		return READINESS_NOT_KNOWN;
	return readiness_is_known(b, m, o) ? READINESS_READY
	                                   : READINESS_NOT_KNOWN;
}
