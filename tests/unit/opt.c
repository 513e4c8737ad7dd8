/* Options of a command line that may be repeated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/opt.h"

static const char *single, *words;
static struct opt_texts several;

static const struct opt opts[] = {
	{ .name = "one", .arg = "X", .help = "one", .text = &single },
	{ .name = "many", .arg = "X", .help = "many", .texts = &several },
	{ .name = "words", .arg = "X", .help = "words", .text = &words,
	  .is_list = true },
	{ 0 }
};

static void
parse(struct opt_args *args, const char **argv, int argc)
{
	struct err err;

	assert_int_equal(opt_parse(argc, argv, opts, "syncscope test|ARG",
	                           args, &err), OPT_RUN);
}

static void
test_repeated(void **state)
{
	const char *argv[] = {
		"test", "--many=a", "--one", "b", "--many", "c", "--one=d",
		"e"
	};
	struct opt_args args;

	(void)state;
	setenv("SYNCSCOPE_MANY", "f", 1);
	parse(&args, argv, 8);
	assert_int_equal(several.count, 2);
	assert_string_equal(several.texts[0], "a");
	assert_string_equal(several.texts[1], "c");
	assert_string_equal(single, "d");
	assert_int_equal(args.count, 1);
	assert_true(opt_given(&args, "many"));
	opt_release(&args);
	assert_int_equal(several.count, 0);
	assert_null(several.texts);
	unsetenv("SYNCSCOPE_MANY");
}

/* A list goes on where it is given again; the command line's is alone. */
static void
test_lists(void **state)
{
	const char *argv[] = {
		"test", "--words=a,b", "--one=x", "--words", "c"
	};
	struct opt_args args;

	(void)state;
	words = NULL;
	setenv("SYNCSCOPE_WORDS", "f", 1);
	parse(&args, argv, 5);
	assert_string_equal(words, "a,b,c");
	opt_release(&args);
	unsetenv("SYNCSCOPE_WORDS");
	words = NULL;
}

/* From the environment there is one; what clashes with it takes it away. */
static void
test_environment(void **state)
{
	static const struct opt_clash clashes[] = {
		{ "one", "many", "take one" }, { 0 }
	};
	const char *bare[] = { "test" }, *one[] = { "test", "--one=a" };
	struct opt_args args;
	struct err err;

	(void)state;
	setenv("SYNCSCOPE_MANY", "f", 1);
	parse(&args, bare, 1);
	assert_int_equal(several.count, 1);
	assert_string_equal(several.texts[0], "f");
	assert_false(opt_given(&args, "many"));
	opt_release(&args);
	parse(&args, one, 2);
	assert_int_equal(opt_exclude(opts, &args, clashes, &err), 0);
	assert_int_equal(several.count, 0);
	opt_release(&args);
	unsetenv("SYNCSCOPE_MANY");
}

static void
test_clash(void **state)
{
	static const struct opt_clash clashes[] = {
		{ "one", "many", "take one" }, { 0 }
	};
	const char *argv[] = { "test", "--one=a", "--many=b" };
	struct opt_args args;
	struct err err;

	(void)state;
	parse(&args, argv, 3);
	assert_int_equal(opt_exclude(opts, &args, clashes, &err), -1);
	assert_string_equal(err.text,
	                    "--one does not go with --many: take one");
	opt_release(&args);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_clash),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
