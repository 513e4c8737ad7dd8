/* The command rules: the catalogue, or one rule in full. */
#include <stdio.h>

#include "analyze/rules/rules.h"
#include "base/command.h"
#include "base/mem.h"
#include "base/opt.h"

static void
print_list(const struct rule_choice *all)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct rule *r = all->rules[i];

		printf("%-30s %-8s %s\n", r->id, severity_name(r->severity),
		       r->title);
	}
}

static void
print_attrs(enum side side, const struct attr_set *attrs, const char *head)
{
	const char *between = head;

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_set_has(attrs, (unsigned)a)
			? attr_name(side, (enum attr)a) : NULL;

		if (!name)
			continue;
		printf("%s%s", between, name);
		between = ", ";
	}
	if (between != head)
		printf("\n");
}

static void
print_rule(const struct rule *r, struct arena *a)
{
	const char *between = "Looks at:  ";
	const char *side = r->side == SIDE_AD ? "AD" : "tenant";

	printf("%s (%s)\n%s\n\n", r->id, severity_name(r->severity), r->title);
	for (int k = 0; k < KIND_COUNT; k++) {
		if (!(r->kinds & KIND_BIT(k)))
			continue;
		printf("%s%s", between, kind_name((enum kind)k));
		between = ", ";
	}
	printf("%s (%s)\n", r->check_domain ? "Looks at:  domain"
	       : r->check_tenant ? "Looks at:  all of it" : "", side);
	print_attrs(r->side, &r->attrs, "Reads:     ");
	print_attrs(r->side, &r->any_attr, "Reads one of: ");
	printf("\nWhy:    %s\n\nFix:    %s\n\nSource: %s\n", r->why, r->fix,
	       rule_source(r, a));
}

enum exit_code
cmd_rules(int argc, const char **argv, struct err *err)
{
	const struct opt opts[] = { { 0 } };
	struct arena arena = { 0 };
	const struct rule_choice all = rules_all(&arena);
	const struct rule *rule = NULL;
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope rules|[ID]", &args, err);
	int rc = got == OPT_WRONG ? -1 : 0;

	if (got == OPT_RUN && args.count > 1)
		rc = err_usage(err, "rules: want one rule id at most");
	if (got == OPT_RUN && args.count == 1 &&
	    !(rule = rules_find(&all, args.args[0])))
		rc = err_usage(err, "rules: there is no rule \"%s\"; "
		               "\"syncscope rules\" lists all", args.args[0]);
	if (got == OPT_RUN && rc == 0 && rule)
		print_rule(rule, &arena);
	else if (got == OPT_RUN && rc == 0)
		print_list(&all);
	opt_release(&args);
	arena_release(&arena);
	return rc < 0 ? err->code : EXIT_DONE;
}
