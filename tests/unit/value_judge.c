/*
 * The judge of values: its readers by the vectors of tests/values/readers.tsv,
 * its table by what the analyzer reads, and what it hands on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/object/attr_row.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/value_judge.h"
#include "collect/import/value_read.h"
#include "collect/import/value_syntax.h"
#include "tests/print_sink.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const syntax_names[AS_COUNT] = {
	[AS_TEXT] = "text", [AS_DN] = "dn", [AS_WHATEVER] = "whatever",
	[AS_GUID] = "guid", [AS_SID] = "sid", [AS_ANCHOR] = "anchor",
	[AS_METADATA] = "metadata",
	[AS_OCTETS] = "octets", [AS_FLAG] = "flag", [AS_NUMBER] = "number",
	[AS_FILETIME] = "filetime", [AS_GENERAL_TIME] = "general-time",
	[AS_ISO_TIME] = "iso-time", [AS_GUID_TEXT] = "guid-text",
	[AS_SID_TEXT] = "sid-text", [AS_CONTROL] = "control",
	[AS_GROUP_TYPE] = "group-type", [AS_ACCOUNT_TYPE] = "account-type",
	[AS_RECIPIENT_TYPE] = "recipient-type",
	[AS_DISPLAY_TYPE] = "display-type", [AS_REMOTE_TYPE] = "remote-type",
	[AS_JSON_FLAG] = "json-flag", [AS_JSON_LIST] = "json-list",
};

static enum value_syntax
syntax_of(const char *name)
{
	for (int i = 0; i < AS_COUNT; i++)
		if (strcmp(syntax_names[i], name) == 0)
			return (enum value_syntax)i;
	fail_msg("no syntax is called %s", name);
	return AS_COUNT;
}

static enum value_kind
kind_of(const char *name)
{
	return strcmp(name, "bytes") == 0 ? VALUE_BYTES
		: strcmp(name, "json") == 0 ? VALUE_JSON : VALUE_TEXT;
}

/* \xHH to octets, in place; the length. */
static size_t
unescape(char *text)
{
	char *to = text;
	unsigned octet;

	for (const char *p = text; *p; p++) {
		if (sscanf(p, "\\x%2x", &octet) == 1) {
			*to++ = (char)octet;
			p += 3;
		} else {
			*to++ = *p;
		}
	}
	*to = '\0';
	return (size_t)(to - text);
}

/* What became of the value, as the vectors write it. */
static void
tell(struct buf *out, enum value_verdict verdict,
     const struct value_reading *read)
{
	const unsigned char *p = (const unsigned char *)read->value.data;

	if (verdict == VERDICT_CANONICAL) {
		buf_adds(out, "=");
	} else if (verdict == VERDICT_NONE) {
		buf_adds(out, "-");
	} else if (verdict == VERDICT_UNCLEAR) {
		buf_addf(out, "!%s%s", *read->why ? " " : "", read->why);
	} else if (read->kind == VALUE_BYTES) {
		buf_adds(out, "> ");
		for (size_t i = 0; i < read->value.len; i++)
			buf_addf(out, "%02x", p[i]);
	} else {
		buf_addf(out, "> %s", read->value.data);
	}
}

/* A value that became another one is read no further. */
static void
check_again(enum value_syntax syntax, struct value_reading *read,
            const char *line)
{
	struct value_reading again = { 0 };
	struct value v = {
		.kind = read->kind, .data = read->value.data,
		.len = read->value.len,
	};

	if (value_read(syntax, &v, &again) != VERDICT_CANONICAL)
		fail_msg("%s: what was read is not what it is read as", line);
	value_reading_release(&again);
}

static void
check_vector(char *line)
{
	char *whole = xstrdup(line), *save, *value;
	enum value_syntax syntax = syntax_of(strsep(&line, "\t"));
	enum value_kind kind = kind_of(strsep(&line, "\t"));
	struct value_reading read = { 0 };
	enum value_verdict verdict;
	struct buf have = { 0 };
	struct value v;

	value = strsep(&line, "\t");
	save = xstrdup(line);
	v = (struct value){ .kind = kind, .data = value,
	                    .len = unescape(value) };
	verdict = value_read(syntax, &v, &read);
	tell(&have, verdict, &read);
	if (strcmp(buf_text(&have), save) != 0)
		fail_msg("%s: have %s", whole, buf_text(&have));
	if (verdict == VERDICT_CHANGED)
		check_again(syntax, &read, whole);
	value_reading_release(&read);
	buf_release(&have);
	free(save);
	free(whole);
}

static void
test_readers(void **state)
{
	FILE *f = fopen("tests/values/readers.tsv", "r");
	char *line = NULL;
	size_t room = 0, seen = 0;

	(void)state;
	assert_non_null(f);
	while (getline(&line, &room, f) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		check_vector(line);
		seen++;
	}
	free(line);
	fclose(f);
	assert_true(seen > 200);
}

/*
 * What the analyzer reads is judged, whatever names it: an attribute that came
 * later needs its row in value_syntax.c.
 */
static void
test_table(void **state)
{
	static const enum value_form forms[FORM_COUNT] = {
		[FORM_AD] = VALUES_OF_AD, [FORM_TENANT] = VALUES_OF_GRAPH,
		[FORM_AD_RECIPIENT] = VALUES_OF_EXCHANGE,
		[FORM_TENANT_RECIPIENT] = VALUES_OF_EXCHANGE,
	};

	(void)state;
	for (size_t a = 0; a < ATTR_COUNT; a++)
		for (size_t f = 0; f < FORM_COUNT; f++) {
			const char *name = attr_rows[a].name[f];
			const struct value_row *row = name
				? value_row_find(forms[f], name) : NULL;
			enum syntax_id id = (enum syntax_id)
				(attr_rows[a].syntax - syntaxes);

			if (!name)
				continue;
			if (!row || !row->name)
				fail_msg("%s: has no row in value_syntax.c",
				         name);
			if (row->use != USE_READ && id != SYNTAX_PRESENCE &&
			    id != SYNTAX_REMOTE_TYPE)
				fail_msg("%s: is read: want USE_READ", name);
		}
}

/* Octet attributes have syntaxes of octets, and no others have. */
static void
test_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < ad_attr_count(); i++) {
		const struct ad_attr *a = ad_attr_at(i);
		const struct value_row *row = value_row_find(VALUES_OF_AD,
		                                             a->name);
		bool octets = row && (row->syntax == AS_GUID ||
		                      row->syntax == AS_SID ||
		                      row->syntax == AS_ANCHOR ||
		                      row->syntax == AS_METADATA ||
		                      row->syntax == AS_OCTETS);

		if (row && octets != (a->kind == VALUE_BYTES) &&
		    strcmp(a->name, "ms-DS-CreatorSID") != 0)
			fail_msg("%s: its syntax is not of its kind", a->name);
	}
}

/* What stands behind the judge in this test: what came, and what was said. */
struct passed {
	struct print_sink print;
	const struct record *put;
};

static int
take(struct sink *s, enum section section, const struct record *r,
     uint64_t line, struct err *err)
{
	((struct passed *)s)->put = r;
	return print_sink_put(s, section, r, line, err);
}

static void
open_judge(struct passed *p, struct value_judge **j)
{
	*p = (struct passed){ 0 };
	print_sink_init(&p->print);
	p->print.sink.put = take;
	*j = value_judge_new(&p->print.sink);
	value_judge_begin(*j, "/home/ada/ad.csv", "ad.csv");
}

static void
close_judge(struct passed *p, struct value_judge *j, const char *want)
{
	value_judge_end(j);
	assert_string_equal(buf_text(&p->print.out), want);
	value_judge_free(j);
	buf_release(&p->print.out);
}

static void
put(struct value_judge *j, enum section s, const struct record *r,
    uint64_t line)
{
	struct sink *sink = value_judge_sink(j);
	struct err err;

	assert_int_equal(sink->put(sink, s, r, line, &err), 0);
}

/* An object in the snapshot's form goes through without being copied. */
static void
test_untouched(void **state)
{
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	ad_record_add(r, "dn", "CN=A,DC=x", 9);
	ad_record_add(r, "objectGUID", "0123456789abcdef", 16);
	ad_record_add(r, "userAccountControl", "512", 3);
	ad_record_add(r, "isCriticalSystemObject", "TRUE", 4);
	ad_record_add(r, "notOfOurs", "1.32E+17", 8);
	put(j, AD_USERS, r, 7);
	assert_ptr_equal(p.put, r);
	close_judge(&p, j, "ad.users {\"dn\":\"CN=A,DC=x\",\"objectGUID\":"
	            "\"MDEyMzQ1Njc4OWFiY2RlZg==\",\"userAccountControl\":"
	            "\"512\",\"isCriticalSystemObject\":\"TRUE\","
	            "\"notOfOurs\":\"1.32E+17\"}\n");
	record_free(r);
}

/* Values change in their places, and the rest of the object stays. */
static void
test_changed(void **state)
{
	static const char guid[] = "0f3a7c11-22b4-4d0e-9a5b-6c7d8e9f0a11";
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	ad_record_add(r, "proxyAddresses", "smtp:a@x", 8);
	ad_record_add(r, "objectGUID", guid, sizeof(guid) - 1);
	ad_record_add(r, "dn", "CN=A,DC=x", 9);
	ad_record_add(r, "msExchHideFromAddressLists", "WAHR", 4);
	ad_record_add(r, "msExchMailboxGuid", guid, sizeof(guid) - 1);
	ad_record_add(r, "pwdLastSet", "", 0);
	ad_record_add(r, "description", "x", 1);
	put(j, AD_USERS, r, 7);
	close_judge(&p, j, "ad.users {\"proxyAddresses\":[\"smtp:a@x\"],"
	            "\"objectGUID\":\"EXw6D7QiDk2aW2x9jp8KEQ==\","
	            "\"dn\":\"CN=A,DC=x\","
	            "\"msExchHideFromAddressLists\":\"TRUE\","
	            "\"msExchMailboxGuid\":\"EXw6D7QiDk2aW2x9jp8KEQ==\","
	            "\"pwdLastSet\":null,\"description\":[\"x\"]}\n");
	record_free(r);
}

/* The first three are told, the others counted; each object lacks. */
static void
test_unclear(void **state)
{
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	for (uint64_t i = 0; i < 5; i++) {
		record_clear(r);
		ad_record_add(r, "dn", "CN=\x1b" "A,DC=x", 10);
		ad_record_add(r, "pwdLastSet", "1.32E+17", 8);
		put(j, AD_USERS, r, i + 2);
		assert_ptr_equal(p.put, r);
		if (i > 0)
			buf_clear(&p.print.out);
		else
			assert_string_equal(buf_text(&p.print.out),
				"note: /home/ada/ad.csv:2: CN=\\x1bA,DC=x: "
				"pwdLastSet: want 100-nanosecond intervals "
				"since 1601, or a date, have \"1.32E+17\", "
				"which lost its digits in a spreadsheet\n"
				"ad.users lacks pwdLastSet: ad.csv:2: want "
				"100-nanosecond intervals since 1601, or a "
				"date, have \"1.32E+17\", which lost its "
				"digits in a spreadsheet\n"
				"ad.users {\"dn\":\"CN=\\u001bA,DC=x\","
				"\"pwdLastSet\":\"1.32E+17\"}\n");
	}
	close_judge(&p, j, "note: /home/ada/ad.csv: and 2 more objects whose "
	            "pwdLastSet cannot be read\n");
	record_free(r);
}

/* A text among octets stays a text; octets and JSON stay what they are. */
static void
test_kept(void **state)
{
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	ad_record_add(r, "objectGUID", "{17, 124, 58, 15...}", 20);
	ad_record_add(r, "objectSid", "\1\2", 2);
	record_add(r, "mail", VALUE_JSON, "{\"odd\":1}", 9);
	put(j, AD_USERS, r, 2);
	assert_non_null(strstr(buf_text(&p.print.out), "ad.users "
		"{\"objectGUID\":\"{17, 124, 58, 15...}\",\"objectSid\":"
		"\"AQI=\",\"mail\":{\"odd\":1}}"));
	assert_non_null(strstr(buf_text(&p.print.out), "objectSid: want a "
		"SID, have \"X'0102'\", which has 2 bytes"));
	buf_clear(&p.print.out);
	close_judge(&p, j, "");
	record_free(r);
}

/* A name that was read is told once; one that nobody reads is not judged. */
static void
test_named(void **state)
{
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	for (int i = 0; i < 2; i++) {
		record_clear(r);
		ad_record_add(r, "msExchRecipientTypeDetails", "UserMailbox",
		              11);
		ad_record_add(r, "netbootGUID", "soon", 4);
		put(j, AD_USERS, r, 2);
	}
	close_judge(&p, j, "remark: /home/ada/ad.csv:2: "
	            "msExchRecipientTypeDetails: \"UserMailbox\" was read as "
	            "1, other names likewise\n"
	            "ad.users {\"msExchRecipientTypeDetails\":\"1\","
	            "\"netbootGUID\":\"soon\"}\n"
	            "ad.users {\"msExchRecipientTypeDetails\":\"1\","
	            "\"netbootGUID\":\"soon\"}\n");
	record_free(r);
}

/* A value that was right says nothing of the next one, or of another name. */
static void
test_remembered(void **state)
{
	static const char *const values[] = { "TRUE", "VRAI", "FALSE", "FAUX" };
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		record_clear(r);
		ad_record_add(r, "isRecycled", values[i], strlen(values[i]));
		ad_record_add(r, "notOfOurs", values[i], strlen(values[i]));
		put(j, AD_USERS, r, 2);
	}
	close_judge(&p, j,
	            "ad.users {\"isRecycled\":\"TRUE\","
	            "\"notOfOurs\":\"TRUE\"}\n"
	            "ad.users {\"isRecycled\":\"TRUE\","
	            "\"notOfOurs\":\"VRAI\"}\n"
	            "ad.users {\"isRecycled\":\"FALSE\","
	            "\"notOfOurs\":\"FALSE\"}\n"
	            "ad.users {\"isRecycled\":\"FALSE\","
	            "\"notOfOurs\":\"FAUX\"}\n");
	record_free(r);
}

/* Nobody reads values of objects that nobody judges. */
static void
test_unread(void **state)
{
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	ad_record_add(r, "dn", "CN=A,DC=x", 9);
	ad_record_add(r, "whenCreated", "lately", 6);
	put(j, AD_FOREST, r, 2);
	put(j, AD_CONTAINERS, r, 2);
	close_judge(&p, j, "ad.forest {\"dn\":\"CN=A,DC=x\","
	            "\"whenCreated\":\"lately\"}\n"
	            "ad.containers {\"dn\":\"CN=A,DC=x\","
	            "\"whenCreated\":\"lately\"}\n");
	record_free(r);
}

/* An object that proves deleted goes where its kind belongs. */
static void
test_moved(void **state)
{
	struct record *r = record_new();
	struct value_judge *j;
	struct passed p;

	(void)state;
	open_judge(&p, &j);
	ad_record_add(r, "dn", "CN=A,DC=x", 9);
	ad_record_add(r, "objectClass", "user", 4);
	ad_record_add(r, "isDeleted", "VRAI", 4);
	put(j, AD_USERS, r, 2);
	close_judge(&p, j, "ad.deleted {\"dn\":\"CN=A,DC=x\",\"objectClass\":"
	            "[\"user\"],\"isDeleted\":\"TRUE\"}\n");
	record_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readers), cmocka_unit_test(test_table),
		cmocka_unit_test(test_kinds), cmocka_unit_test(test_untouched),
		cmocka_unit_test(test_changed), cmocka_unit_test(test_unclear),
		cmocka_unit_test(test_named), cmocka_unit_test(test_moved),
		cmocka_unit_test(test_unread), cmocka_unit_test(test_kept),
		cmocka_unit_test(test_remembered),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
