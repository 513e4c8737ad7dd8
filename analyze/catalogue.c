/* The command rules: the catalogue, or one rule in full, in several formats. */
#include <stdio.h>
#include <string.h>

#include "analyze/rules/rules.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/opt.h"

/* How a format prints the catalogue, and one rule in full. */
struct catalogue_format {
	const char *name;
	void (*put_all)(struct buf *out, const struct rule_choice *all,
	                struct arena *a);
	void (*put_one)(struct buf *out, const struct rule *r,
	                struct arena *a);
};

static const char *
side_text(const struct rule *r)
{
	return r->side == SIDE_AD ? "AD" : "tenant";
}

/* Appends what the rule looks at. */
static void
put_classes(const struct rule *r, struct buf *out, const char *between)
{
	const char *names[KIND_COUNT + 2];
	size_t n = 0;

	for (int k = 0; k < KIND_COUNT; k++)
		if (r->kinds & KIND_BIT(k))
			names[n++] = kind_name((enum kind)k);
	if (r->check_domain)
		names[n++] = "domain";
	if (r->check_tenant)
		names[n++] = "tenant";
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s%s", i ? between : "", names[i]);
}

/* Appends the names of the attributes on the rule's side; whether any. */
static bool
put_attrs(const struct rule *r, const struct attr_set *attrs,
          struct buf *out, const char *between)
{
	size_t before = out->len;

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_set_has(attrs, (unsigned)a)
			? attr_name(r->side, (enum attr)a) : NULL;

		if (name)
			buf_addf(out, "%s%s", out->len > before ? between : "",
			         name);
	}
	return out->len > before;
}

/* ---- text ---- */

static int
id_width(const struct rule_choice *all)
{
	size_t most = 0;

	for (size_t i = 0; i < all->count; i++) {
		size_t len = strlen(all->rules[i]->id);

		most = len > most ? len : most;
	}
	return (int)most;
}

static void
text_all(struct buf *out, const struct rule_choice *all, struct arena *a)
{
	int width = id_width(all);

	(void)a;
	for (size_t i = 0; i < all->count; i++) {
		const struct rule *r = all->rules[i];

		buf_addf(out, "%-*s %-8s %-12s %s", width, r->id,
		         severity_name(r->severity),
		         category_name(rule_category(r)), r->title);
		if (r->profile != PROFILE_DEFAULT)
			buf_addf(out, " (--profile %s)",
			         profile_name(r->profile));
		buf_addc(out, '\n');
	}
}

static void
text_one(struct buf *out, const struct rule *r, struct arena *a)
{
	struct buf attrs = { 0 };

	buf_addf(out, "%s (%s)\n%s\n\nCategory:   %s\nProfile:    %s\n"
	         "Looks at:   ", r->id, severity_name(r->severity), r->title,
	         category_name(rule_category(r)), profile_name(r->profile));
	put_classes(r, out, ", ");
	buf_addf(out, " (%s)\n", side_text(r));
	if (put_attrs(r, &r->attrs, &attrs, ", "))
		buf_addf(out, "Reads:      %s\n", attrs.data);
	buf_clear(&attrs);
	if (put_attrs(r, &r->any_attr, &attrs, ", "))
		buf_addf(out, "Reads one of: %s\n", attrs.data);
	buf_release(&attrs);
	if (r->limit)
		buf_addf(out, "Limit:      %s\n", r->limit);
	buf_addf(out, "\nWhy:        %s\n\nFix:        %s\n\n"
	         "Source:     %s\nConfidence: %s\n", r->why, r->fix,
	         rule_source(r, a), confidence_name(r->confidence));
}

/* ---- markdown ---- */

/* What would be markup in the text is escaped. */
static void
markdown_text(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\`*_<>[]|#", *text))
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
}

static void
markdown_item(struct buf *out, const char *name, const char *text)
{
	buf_addf(out, "- %s: ", name);
	markdown_text(out, text);
	buf_addc(out, '\n');
}

static void
markdown_reads(struct buf *out, const struct rule *r)
{
	struct buf attrs = { 0 };

	if (put_attrs(r, &r->attrs, &attrs, ", "))
		markdown_item(out, "Reads", attrs.data);
	buf_clear(&attrs);
	if (put_attrs(r, &r->any_attr, &attrs, ", "))
		markdown_item(out, "Reads one of", attrs.data);
	buf_release(&attrs);
}

static void
markdown_one(struct buf *out, const struct rule *r, struct arena *a)
{
	struct buf classes = { 0 };

	buf_addf(out, "### %s\n\n", r->id);
	markdown_text(out, r->title);
	buf_adds(out, ".\n\n");
	markdown_item(out, "Severity", severity_name(r->severity));
	markdown_item(out, "Category", category_name(rule_category(r)));
	markdown_item(out, "Profile", profile_name(r->profile));
	put_classes(r, &classes, ", ");
	buf_addf(&classes, " (%s)", side_text(r));
	markdown_item(out, "Looks at", classes.data);
	buf_release(&classes);
	markdown_reads(out, r);
	if (r->limit)
		markdown_item(out, "Limit", r->limit);
	markdown_item(out, "Why", r->why);
	markdown_item(out, "Fix", r->fix);
	buf_addf(out, "- Source: <%s>", document_get(r->source)->address);
	if (r->part) {
		buf_adds(out, ", ");
		markdown_text(out, r->part);
	}
	buf_addf(out, " (%s)\n", confidence_name(r->confidence));
	(void)a;
}

/* A chapter for each category, in the order of the catalogue within. */
static void
markdown_all(struct buf *out, const struct rule_choice *all, struct arena *a)
{
	buf_addf(out, "# The rules of syncscope\n\n%zu rules.\n", all->count);
	for (int k = CATEGORY_OF_FAMILY + 1; k < CATEGORY_COUNT; k++) {
		size_t n = 0;

		for (size_t i = 0; i < all->count; i++) {
			if (rule_category(all->rules[i]) != (enum category)k)
				continue;
			if (!n++)
				buf_addf(out, "\n## %s\n", category_name(
					(enum category)k));
			buf_addc(out, '\n');
			markdown_one(out, all->rules[i], a);
		}
	}
}

/* ---- JSON ---- */

static void
json_attrs(struct json *o, const char *key, const struct rule *r,
           const struct attr_set *attrs)
{
	struct json *list = json_add_array(o, key);

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_set_has(attrs, (unsigned)a)
			? attr_name(r->side, (enum attr)a) : NULL;

		if (name)
			json_add_text(list, NULL, name);
	}
}

static void
json_classes(struct json *o, const struct rule *r)
{
	struct json *list = json_add_array(o, "classes");

	for (int k = 0; k < KIND_COUNT; k++)
		if (r->kinds & KIND_BIT(k))
			json_add_text(list, NULL, kind_name((enum kind)k));
	if (r->check_domain)
		json_add_text(list, NULL, "domain");
	if (r->check_tenant)
		json_add_text(list, NULL, "tenant");
}

static void
json_fill(struct json *o, const struct rule *r, struct arena *a)
{
	json_add_text(o, "id", r->id);
	json_add_text(o, "title", r->title);
	json_add_text(o, "severity", severity_name(r->severity));
	json_add_text(o, "category", category_name(rule_category(r)));
	json_add_text(o, "profile", profile_name(r->profile));
	json_add_bool(o, "readiness", r->bearing == BEARS_ON_READINESS);
	json_add_bool(o, "adOnly", profile_has(PROFILE_AD_ONLY, r));
	json_add_text(o, "side", r->side == SIDE_AD ? "ad" : "tenant");
	json_classes(o, r);
	json_attrs(o, "attributes", r, &r->attrs);
	json_attrs(o, "anyAttribute", r, &r->any_attr);
	if (r->limit)
		json_add_text(o, "limit", r->limit);
	else
		json_add_null(o, "limit");
	json_add_text(o, "why", r->why);
	json_add_text(o, "fix", r->fix);
	json_add_text(o, "source", rule_source(r, a));
	json_add_text(o, "confidence", confidence_name(r->confidence));
}

static void
json_one(struct buf *out, const struct rule *r, struct arena *a)
{
	struct json *o = json_new_object();

	json_fill(o, r, a);
	json_put_pretty(out, o);
	json_free(o);
}

static void
json_all(struct buf *out, const struct rule_choice *all, struct arena *a)
{
	struct json *o = json_new_object();
	struct json *list = json_add_array(o, "rules");

	for (size_t i = 0; i < all->count; i++)
		json_fill(json_add_object(list, NULL), all->rules[i], a);
	json_put_pretty(out, list);
	json_free(o);
}

static const struct catalogue_format formats[] = {
	{ "text", text_all, text_one },
	{ "markdown", markdown_all, markdown_one },
	{ "json", json_all, json_one },
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static const struct catalogue_format *
find_format(const char *name, struct err *err)
{
	struct buf want = { 0 };

	for (size_t i = 0; i < FORMATS; i++)
		if (!name || strcmp(formats[i].name, name) == 0)
			return &formats[i];
	for (size_t i = 0; i < FORMATS; i++)
		buf_add_listed(&want, formats[i].name, i, FORMATS);
	err_usage(err, "--format: want %s, have \"%s\"", buf_text(&want), name);
	buf_release(&want);
	return NULL;
}

static int
print(const char *format, const struct opt_args *args, struct err *err)
{
	const struct catalogue_format *f = find_format(format, err);
	struct arena arena = { 0 };
	const struct rule_choice all = rules_all(&arena);
	const char *id = args->count ? args->args[0] : NULL;
	const struct rule *rule = id ? rules_find(&all, id) : NULL;
	struct buf out = { 0 };
	int rc = f ? 0 : -1;

	if (f && args->count > 1)
		rc = err_usage(err, "rules: want one rule id at most");
	else if (f && id && !rule)
		rc = err_usage(err, "rules: there is no rule \"%s\"; "
		               "\"syncscope rules\" lists all", id);
	else if (f && rule)
		f->put_one(&out, rule, &arena);
	else if (f)
		f->put_all(&out, &all, &arena);
	fputs(buf_text(&out), stdout);
	buf_release(&out);
	arena_release(&arena);
	return rc;
}

enum exit_code
cmd_rules(int argc, const char **argv, struct err *err)
{
	const char *format = NULL;
	const struct opt opts[] = {
		{ .name = "format", .arg = "FORMAT", .text = &format,
		  .help = "How to print them: text, markdown or json; default: "
		          "text",
		  .typed_only = true },
		{ 0 }
	};
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope rules|[ID]", &args, err);
	int rc = got == OPT_WRONG ? -1 : 0;

	if (got == OPT_RUN)
		rc = print(format, &args, err);
	opt_release(&args);
	return rc < 0 ? err->code : EXIT_DONE;
}
