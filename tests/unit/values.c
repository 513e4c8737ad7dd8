/* The value syntaxes of base/, by vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/dn.h"
#include "base/guid.h"
#include "base/invisible_text.h"
#include "base/number.h"
#include "base/record.h"
#include "base/sid.h"
#include "base/term.h"
#include "base/utf8.h"
#include "base/when.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
test_base64(void **state)
{
	/* RFC 4648, section 10. */
	static const char *const vectors[][2] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" },
		{ "foo", "Zm9v" }, { "foobar", "Zm9vYmFy" },
	};
	static const char *const wrong[] = {
		"Zg", "Zg=", "Zg===", "Z===", "Zm 8=", "Zm8=\n", "=Zm8", "Zm9-",
		"Zg=A",
	};
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		const char *plain = vectors[i][0], *text = vectors[i][1];

		buf_clear(&out);
		base64_encode(&out, (const unsigned char *)plain,
		              strlen(plain));
		assert_string_equal(buf_text(&out), text);
		buf_clear(&out);
		assert_int_equal(base64_decode(&out, text, strlen(text)), 0);
		assert_string_equal(buf_text(&out), plain);
	}
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(base64_decode(&out, wrong[i],
		                               strlen(wrong[i])), -1);
	buf_release(&out);
}

static void
test_guid(void **state)
{
	/* MS-DTYP 2.3.4: the first three fields are little-endian. */
	static const char text[] = "04030201-0605-0807-090a-0b0c0d0e0f10";
	static const char *const wrong[] = {
		"", "04030201", "04030201-0605-0807-090a-0b0c0d0e0f1",
		"04030201-0605-0807-090a-0b0c0d0e0f1g",
		"040302010605-0807-090a-0b0c0d0e0f10-",
		"{04030201-0605-0807-090a-0b0c0d0e0f10",
	};
	char out[GUID_TEXT];
	struct guid g, h;

	(void)state;
	assert_int_equal(guid_parse(&g, text), 0);
	for (int i = 0; i < GUID_BYTES; i++)
		assert_int_equal(g.bytes[i], i + 1);
	guid_format(&g, out);
	assert_string_equal(out, text);
	assert_int_equal(guid_from_base64(&h, "AQIDBAUGBwgJCgsMDQ4PEA==", 24),
	                 0);
	assert_memory_equal(g.bytes, h.bytes, GUID_BYTES);
	assert_int_equal(
		guid_parse(&g, "{04030201-0605-0807-090A-0B0C0D0E0F10}"), 0);
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(guid_parse(&g, wrong[i]), -1);
}

static void
test_sid(void **state)
{
	static const char *const good[] = {
		"S-1-5-18", "S-1-5-21-1004336348-1177238915-682003330-512",
		"S-1-0-0", "S-1-15-2-4294967295",
	};
	static const char *const wrong[] = {
		"", "S-1-", "S-2-5-18", "S-1-5-", "S-1-5-x", "S-1-5-4294967296",
		"S-1-5-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1",
	};
	unsigned char bytes[SID_BYTES];
	char text[SID_TEXT];
	size_t len;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		assert_int_equal(sid_parse(bytes, &len, good[i]), 0);
		assert_int_equal(sid_format(bytes, len, text), 0);
		assert_string_equal(text, good[i]);
		assert_int_equal(sid_format(bytes, len - 1, text), -1);
	}
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(sid_parse(bytes, &len, wrong[i]), -1);
}

static void
test_when(void **state)
{
	static const struct {
		int (*read)(when_t *out, const char *text);
		const char *text, *want;    /* NULL: refused */
	} vectors[] = {
		{ when_from_iso, "2015-11-02", "2015-11-02T00:00:00Z" },
		{ when_from_iso, "2015-11-02T10:12:13Z",
		  "2015-11-02T10:12:13Z" },
		{ when_from_iso, "2015-11-02T10:12:13.1234567Z",
		  "2015-11-02T10:12:13Z" },
		{ when_from_iso, "2015-11-02T10:12:13+01:30",
		  "2015-11-02T08:42:13Z" },
		{ when_from_iso, "2016-02-29 23:59:59",
		  "2016-02-29T23:59:59Z" },
		{ when_from_iso, "2015-02-29", NULL },
		{ when_from_iso, "2015-13-01", NULL },
		{ when_from_iso, "2015-11-02T10:12:13Zx", NULL },
		{ when_from_iso, "02-11-2015", NULL },
		{ when_from_iso, "", NULL },
		{ when_from_filetime, "116444736000000000",
		  "1970-01-01T00:00:00Z" },
		{ when_from_filetime, "130909327330000000",
		  "2015-11-02T10:12:13Z" },
		{ when_from_filetime, "0", "unknown" },
		{ when_from_filetime, "9223372036854775807", "unknown" },
		{ when_from_filetime, "2650467743999999999",
		  "9999-12-31T23:59:59Z" },
		{ when_from_filetime, "2650467744000000000", "unknown" },
		{ when_from_filetime, "-1", NULL },
		{ when_from_filetime, "9223372036854775808", NULL },
		{ when_from_filetime, "12x", NULL },
		{ when_from_filetime, " 12", NULL },
		{ when_from_filetime, "+12", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		char text[WHEN_TEXT];
		when_t t = 0;
		int rc = vectors[i].read(&t, vectors[i].text);

		assert_int_equal(rc, vectors[i].want ? 0 : -1);
		when_format(t, text);
		if (rc == 0)
			assert_string_equal(text, vectors[i].want);
	}
}

/* Nothing but digits, and none too many. */
static void
test_number(void **state)
{
	static const char *const bad[] = {
		"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "65536",
		"99999999999999999999999999",
	};
	static const struct {
		uint64_t n;
		const char *text;
	} grouped[] = {
		{ 0, "0" }, { 999, "999" }, { 1000, "1,000" },
		{ 1234567, "1,234,567" },
		{ UINT64_MAX, "18,446,744,073,709,551,615" },
	};
	char text[NUMBER_TEXT];
	uint64_t n = 7;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (number_parse(&n, bad[i], 65535) == 0)
			fail_msg("taken: \"%s\"", bad[i]);
	assert_int_equal(n, 7);
	assert_int_equal(number_parse(&n, "065535", 65535), 0);
	for (size_t i = 0; i < COUNT(grouped); i++)
		assert_string_equal(number_grouped(grouped[i].n, text),
		                    grouped[i].text);
	assert_int_equal(n, 65535);
	assert_int_equal(number_parse(&n, "18446744073709551616", UINT64_MAX),
	                 -1);
	assert_int_equal(number_parse(&n, "18446744073709551615", UINT64_MAX),
	                 0);
	assert_true(n == UINT64_MAX);
	assert_int_equal(number_parse(&n, "0000000000000000000000042", 65535),
	                 0);
	assert_int_equal(n, 42);
	assert_int_equal(number_parse(&n, "9999999999999999999", INT64_MAX),
	                 -1);
}

static void
test_dn(void **state)
{
	static const char *const same[][2] = {
		{ "CN=A,DC=x", "cn=a,dc=X" },
		{ "CN=A,DC=x", "CN = A , DC = x" },
		{ "CN=a\\,b,DC=x", "CN=a\\2Cb,DC=x" },
		{ "CN=S\xc3\x9c" "D,DC=x", "cn=s\xc3\xbc" "d,dc=x" },
		{ "CN=foo\\\\ ,DC=x", "CN=foo\\\\,DC=x" },
		{ "CN=a\\0ADEL:1,DC=x", "cn=A\\0aDEL:1,DC=x" },
		/* RFC 1779 */
		{ "CN=\"a, b\",DC=x", "CN=a\\, b,DC=x" },
		{ "CN=\"a \\\"b\\\"\" , DC=x", "cn=a \\\"b\\\",DC=x" },
		{ "CN=a;OU=b ; DC=x", "CN=a,OU=b,DC=x" },
	};
	static const char *const other[][2] = {
		{ "CN=a b,DC=x", "CN=ab,DC=x" },
		{ "CN=a\\,DC=x", "CN=a,DC=x" },
		{ "CN=foo\\ ,DC=x", "CN=foo,DC=x" },
		{ "CN=a,DC=x", "OU=a,DC=x" },
		{ "CN=a;b,DC=x", "CN=a,DC=x" },
	};
	struct buf a = { 0 }, b = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(same); i++) {
		buf_clear(&a);
		buf_clear(&b);
		assert_int_equal(dn_normalise(&a, same[i][0]), 0);
		assert_int_equal(dn_normalise(&b, same[i][1]), 0);
		assert_string_equal(a.data, b.data);
	}
	for (size_t i = 0; i < COUNT(other); i++) {
		buf_clear(&a);
		buf_clear(&b);
		dn_normalise(&a, other[i][0]);
		dn_normalise(&b, other[i][1]);
		assert_string_not_equal(buf_text(&a), buf_text(&b));
	}
	assert_int_equal(dn_normalise(&a, ""), -1);
	assert_int_equal(dn_normalise(&a, "Accounts"), -1);
	assert_int_equal(dn_normalise(&a, "CN=a,,DC=x"), -1);
	assert_string_equal(dn_parent("CN=a\\,b, OU=c,DC=x"), "OU=c,DC=x");
	assert_string_equal(dn_parent("DC=x"), "");
	assert_string_equal(dn_parent("CN=\"a,b\" ; OU=c"), "OU=c");
	assert_string_equal(dn_parent("CN=a;b,DC=x"), "DC=x");
	buf_clear(&a);
	dn_domain(&a, "CN=a,OU=DC=,DC=corp,DC=example");
	assert_string_equal(a.data, "corp.example");
	assert_true(dn_is_in_domain("CN=a,DC=Corp, DC=an", "corp.AN"));
	assert_false(dn_is_in_domain("DC=a,DC=corp,DC=an", "corp.an"));
	assert_false(dn_is_in_domain("CN=a,O=corp", "corp"));
	buf_clear(&a);
	dn_domain(&a, "CN=a,DC=www,CN=DNS , dc = \"corp\" ;DC=example");
	assert_string_equal(a.data, "corp.example");
	buf_clear(&a);
	dn_canonical(&a, "OU=Berlin\\, Mitte,OU=R/D,DC=Corp,DC=example");
	assert_string_equal(a.data, "corp.example/R\\/D/Berlin, Mitte");
	buf_clear(&a);
	dn_canonical(&a, "DC=corp,DC=example");
	assert_string_equal(a.data, "corp.example");
	buf_clear(&a);
	dn_canonical(&a, "DC=www,CN=DNS,DC=corp");
	assert_string_equal(a.data, "corp/DNS/www");
	buf_clear(&a);
	dn_canonical(&a, "OU=a,O=b");
	assert_string_equal(a.data, "b/a");
	buf_clear(&a);
	/* What nobody sees is named, and what is no text. */
	dn_canonical(&a, "OU=a\\E2\\80\\8Bb,OU=\\1B[31mx,OU=a\\00b,"
	             "OU=\\9Bz,OU=a\\0ACNF:x,DC=corp,DC=example");
	assert_int_equal(strlen(a.data), a.len);
	assert_string_equal(a.data, "corp.example/a<U+000A>CNF:x/<0x9B>z/"
	                    "a<U+0000>b/<U+001B>[31mx/a<U+200B>b");
	buf_clear(&a);
	dn_canonical(&a, "OU=a,DC=co\\1Brp");
	assert_string_equal(a.data, "co<U+001B>rp/a");
	buf_release(&a);
	buf_release(&b);
}

static void
test_dn_marks(void **state)
{
	static const struct {
		const char *dn;
		enum dn_mark mark;
	} vectors[] = {
		{ "CN=a,DC=x", DN_PLAIN },
		{ "CN=a\\,b,DC=x", DN_PLAIN },
		{ "CN=a\\0ACNF:5c7bd3a2,DC=x", DN_CONFLICT },
		{ "CN=Vogel\\, Lena\\0ACNF:5c7bd3a2,DC=x", DN_CONFLICT },
		{ "CN=Vogel\\2C Lena\\0acnf:5c7bd3a2,DC=x", DN_CONFLICT },
		{ "CN=a\\\"b\nCNF:5c7bd3a2,DC=x", DN_CONFLICT },
		{ "CN=\"a, b\\0ACNF:5c7bd3a2\",DC=x", DN_CONFLICT },
		{ "CN=a,OU=b\\0ACNF:5c7bd3a2,DC=x", DN_PLAIN },
		{ "CN=a\\,b,OU=c\\0ACNF:5c7bd3a2,DC=x", DN_PLAIN },
		{ "CN=a\\\\,OU=c\\0ACNF:5c7bd3a2,DC=x", DN_PLAIN },
		{ "CN=a\\\\0ACNF:5c7bd3a2,DC=x", DN_PLAIN },
		{ "CN=a\\0Ab,DC=x", DN_PLAIN },
		{ "CN=0ACNF:a,DC=x", DN_PLAIN },
		{ "CN=a\\0ADEL:5c7bd3a2,CN=Deleted Objects,DC=x",
		  DN_DELETED },
		{ "CN=a\\0ACNF:5c7b\\0ADEL:5c7b,CN=Deleted Objects,DC=x",
		  DN_DELETED },
		{ "", DN_PLAIN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++)
		if (dn_mark(vectors[i].dn) != vectors[i].mark)
			fail_msg("%s: another mark", vectors[i].dn);
	assert_int_equal(dn_trimmed_len("CN=a  ", 6), 4);
	assert_int_equal(dn_trimmed_len("CN=a\\  ", 7), 6);
	assert_int_equal(dn_trimmed_len("", 0), 0);
}

static void
test_text(void **state)
{
	static const struct {
		const char *text, *safe;
	} vectors[] = {
		{ "plain \xc3\xab", "plain \xc3\xab" },
		{ "\x1b[31m", "\\x1b[31m" },
		{ "a\nb", "a\\x0ab" },
		{ "\xe2\x80\xae" "gpj", "<U+202E>gpj" },
		{ "WAHR\xc2\xa0", "WAHR<U+00A0>" },
		{ "\xff", "\\xff" },
		{ "\xc2\x9b" "1m", "\\xc2\\x9b1m" },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		term_safe(out, sizeof(out), vectors[i].text);
		assert_string_equal(out, vectors[i].safe);
	}
	term_safe(out, 10, "0123456789abcdef");
	assert_string_equal(out, "012345...");
	assert_int_equal(utf8_bad("ab\xc3\xab", 4), 4);
	assert_int_equal(utf8_bad("ab\xc3", 3), 2);
	assert_int_equal(utf8_bad("\xed\xa0\x80", 3), 0);
	assert_int_equal(utf8_bad("12345678\xc0\x80", 10), 8);
}

static void
test_invisible(void **state)
{
	static const struct {
		const char *text, *told;
	} vectors[] = {
		{ "", "" }, { "ada@contoso.com", "" }, { "a b", "" },
		{ "j\xc3\xbcrgen", "" },
		{ " ada", "begins with a space" },
		{ "ada ", "ends with a space" },
		{ "  ada  ", "begins with spaces, ends with spaces" },
		{ " ", "begins with a space" },
		{ "ada\xc2\xa0", "U+00A0 no-break space" },
		{ "a\xe2\x80\x8b" "da", "U+200B zero-width space" },
		{ "\xef\xbb\xbf" "bom", "U+FEFF byte-order mark" },
		{ "soft\xc2\xadhyphen", "U+00AD soft hyphen" },
		{ "tab\there", "U+0009 tab" },
		{ "line\nfeed", "U+000A line feed" },
		{ "x\xe3\x85\xa4y", "U+3164 Hangul filler" },
		{ "a\xe2\x80\xa8" "b", "U+2028" },
		{ "\xf3\xa0\x81\x81tag", "U+E0041" },
		{ "\xe2\x80\xae" "Tim\xe2\x80\xac ",
		  "U+202E right-to-left override, U+202C pop directional "
		  "formatting, ends with a space" },
		{ "\xff", "" },
	};
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		buf_clear(&out);
		assert_int_equal(invisible_describe(&out, vectors[i].text),
		                 *vectors[i].told != '\0');
		assert_string_equal(buf_text(&out), vectors[i].told);
	}
	assert_true(invisible_any("a\tb"));
	assert_false(invisible_any(" a "));
	assert_true(invisible_all(" \xc2\xa0\xe2\x80\x8b"));
	assert_false(invisible_all("\xc2\xa0" "a"));
	assert_false(invisible_all(""));
	buf_release(&out);
}

static void
test_csv_field(void **state)
{
	static const char *const vectors[][2] = {
		{ "plain", "\"plain\"" }, { "", "\"\"" },
		{ "a \"b\"", "\"a \"\"b\"\"\"" }, { "a,b\nc", "\"a,b\nc\"" },
		{ "=1+1", "\"'=1+1\"" }, { "+1", "\"'+1\"" },
		{ "-1", "\"'-1\"" }, { "@a", "\"'@a\"" },
		{ "\ta", "\"'\ta\"" }, { "\ra", "\"'\ra\"" },
		{ "a=1", "\"a=1\"" }, { "\na", "\"'\na\"" },
		{ "\xef\xbc\x9d" "1", "\"'\xef\xbc\x9d" "1\"" },
		{ "\xef\xbc\x8b" "1", "\"'\xef\xbc\x8b" "1\"" },
		{ "\xef\xbc\x8d" "1", "\"'\xef\xbc\x8d" "1\"" },
		{ "\xef\xbc\xa0" "a", "\"'\xef\xbc\xa0" "a\"" },
		{ "\xef\xbc\x9c", "\"\xef\xbc\x9c\"" },
		{ "'=1", "\"''=1\"" }, { "'a", "\"'a\"" },
	};
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		buf_clear(&out);
		csv_put_field(&out, vectors[i][0], strlen(vectors[i][0]));
		assert_string_equal(out.data, vectors[i][1]);
	}
	buf_release(&out);
}

static void
test_digest(void **state)
{
	char text[DIGEST_TEXT];

	(void)state;
	/* FIPS 180-4 examples. */
	digest_of("abc", 3, text);
	assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223"
	                    "b00361a396177a9cb410ff61f20015ad");
}

static void
test_buf(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4);
	buf_adds(&b, "abcd");
	assert_false(b.full);
	buf_addc(&b, 'e');
	assert_true(b.full);
	assert_string_equal(b.data, "abcd");
	buf_clear(&b);
	assert_false(b.full);
	buf_addf(&b, "%d", 12);
	assert_string_equal(b.data, "12");
	buf_release(&b);
}

/* Values of two attributes in turns, read in any order. */
static void
test_record_turns(void **state)
{
	static const size_t order[] = { 0, 3, 1, 4, 4, 2, 0 };
	struct record *r = record_new();
	char text[2] = "";

	(void)state;
	for (text[0] = '0'; text[0] < '5'; text[0]++) {
		record_add_text(r, "a", text);
		record_add_text(r, "b", "x");
	}
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		assert_int_equal(record_value(r, 0, order[i]).data[0],
		                 '0' + order[i]);
	record_add_text(r, "a", "5");
	assert_int_equal(record_value(r, 0, 5).data[0], '5');
	record_reset(r, "a");
	record_add_text(r, "a", "6");
	assert_int_equal(record_value(r, 0, 0).data[0], '6');
	record_free(r);
}

/* A copy keeps numbers, tags and values, and stands for itself. */
static void
test_record_copy(void **state)
{
	struct record *r = record_new(), *copy = record_new();

	(void)state;
	record_add_text(copy, "old", "x");
	record_add_text(r, "a", "1");
	record_add_text(r, "b", "2");
	record_add(r, "b", VALUE_JSON, "3", 1);
	record_set_tag(r, 1, 7);
	record_copy(copy, r);
	record_clear(r);
	assert_int_equal(record_count(copy), 2);
	assert_int_equal(record_find(copy, "old"), -1);
	assert_int_equal(record_find(copy, "B"), 1);
	assert_int_equal(record_tag(copy, 1), 7);
	assert_int_equal(record_shape(copy, 1), SHAPE_LIST);
	assert_int_equal(record_attr(copy, 0).kinds, 1u << VALUE_TEXT);
	assert_int_equal(record_attr(copy, 1).kinds,
	                 1u << VALUE_TEXT | 1u << VALUE_JSON);
	assert_string_equal(record_value(copy, 1, 1).data, "3");
	record_empty(copy, 1);
	assert_int_equal(record_values(copy, 1), 0);
	assert_int_equal(record_attr(copy, 1).kinds, 0);
	record_append(copy, 1, VALUE_TEXT, "4", 1);
	assert_string_equal(record_text(copy, "b"), "4");
	assert_string_equal(record_text(copy, "a"), "1");
	record_free(r);
	record_free(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record_turns),
		cmocka_unit_test(test_record_copy),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_base64), cmocka_unit_test(test_guid),
		cmocka_unit_test(test_sid), cmocka_unit_test(test_when),
		cmocka_unit_test(test_dn),
		cmocka_unit_test(test_dn_marks), cmocka_unit_test(test_text),
		cmocka_unit_test(test_invisible),
		cmocka_unit_test(test_csv_field),
		cmocka_unit_test(test_digest), cmocka_unit_test(test_buf),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
