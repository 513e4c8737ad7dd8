/* Text for PowerShell: no character of it ends the literal, or hides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/powershell.h"

static void
quotes(void **state)
{
	static const char *const vectors[][2] = {
		{ "", "''" },
		{ "plain $x `n \"q\" $(calc)", "'plain $x `n \"q\" $(calc)'" },
		{ "o'neil", "'o''neil'" },
		/* U+2018 to U+201B end a literal as ' does. */
		{ "a\xe2\x80\x98" "b\xe2\x80\x99" "c\xe2\x80\x9a"
		  "d\xe2\x80\x9b",
		  "'a\xe2\x80\x98\xe2\x80\x98" "b\xe2\x80\x99\xe2\x80\x99"
		  "c\xe2\x80\x9a\xe2\x80\x9a" "d\xe2\x80\x9b\xe2\x80\x9b'" },
		{ "J\xc3\xbcrgen \xf0\x9f\x98\x80", "'J\xc3\xbcrgen "
		  "\xf0\x9f\x98\x80'" },
		{ "a\nb", "('a'+[char]0x000A+'b')" },
		{ "\xc2\xa0", "(''+[char]0x00A0+'')" },
		{ "x\xe2\x80\xae';y", "('x'+[char]0x202E+''';y')" },
		{ "\x1b[2J", "(''+[char]0x001B+'[2J')" },
		/* What is no UTF-8, and is cut. */
		{ "a\xe2\x80", "'a\xe2\x80'" },
		{ "\xff'", "'\xff'''" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct buf out = { 0 };

		powershell_quote(&out, vectors[i][0]);
		assert_string_equal(buf_text(&out), vectors[i][1]);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(quotes) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("powershell", tests, NULL, NULL);
}
