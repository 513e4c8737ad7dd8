/* Which domains a snapshot's objects lie in, and what is there of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/record.h"
#include "base/sid.h"
#include "collect/snapshot/partition.h"
#include "collect/snapshot/snapshot.h"
#include "tests/remove_tree.h"

static char place[] = "/tmp/syncscope-domains-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	return !mkdtemp(place) || chdir(place);
}

static int
tear_down(void **state)
{
	(void)state;
	return chdir("/") || rmdir(place);
}

/* ---- names ---- */

static const struct {
	const char *dn;
	enum partition partition;
	const char *name;
} dns[] = {
	{ "CN=A,OU=Staff,DC=contoso,DC=com", PARTITION_DOMAIN, "contoso.com" },
	{ "DC=contoso,DC=com", PARTITION_DOMAIN, "contoso.com" },
	{ "cn=a, ou=staff , dc = Contoso , Dc=COM", PARTITION_DOMAIN,
	  "contoso.com" },
	{ "CN=x\\,DC=evil,OU=y,DC=a,DC=b", PARTITION_DOMAIN, "a.b" },
	{ "CN=\"x,DC=evil\",OU=y,DC=a,DC=b", PARTITION_DOMAIN, "a.b" },
	{ "CN=x\\\\,DC=a,DC=b", PARTITION_DOMAIN, "a.b" },
	{ "OU=DC=evil,DC=a,DC=b", PARTITION_DOMAIN, "a.b" },
	/* A component that is followed by something else is none of it. */
	{ "DC=zone,CN=MicrosoftDNS,CN=System,DC=a,DC=b", PARTITION_DOMAIN,
	  "a.b" },
	{ "DC=@,DC=z.a.b,CN=MicrosoftDNS,DC=DomainDnsZones,DC=a,DC=b",
	  PARTITION_APPLICATION, "domaindnszones.a.b" },
	{ "CN=Sites,CN=Configuration,DC=a,DC=b", PARTITION_CONFIGURATION,
	  "a.b" },
	{ "CN=User,CN=Schema, cn=configuration,DC=a,DC=b",
	  PARTITION_CONFIGURATION, "a.b" },
	{ "CN=Configuration,OU=x,DC=a,DC=b", PARTITION_DOMAIN, "a.b" },
	{ "CN=A\\,CN=Configuration,DC=a,DC=b", PARTITION_DOMAIN, "a.b" },
	{ "CN=A\\0ADEL:1,CN=Deleted Objects,DC=a,DC=b", PARTITION_DOMAIN,
	  "a.b" },
	{ "CN=A,O=Example", PARTITION_NONE, "" },
	{ "DC=a,O=Example", PARTITION_NONE, "" },
	{ "CN=A", PARTITION_NONE, "" },
	{ "DC=", PARTITION_NONE, "" },
	{ "DC=a,", PARTITION_NONE, "" },
	{ "CN=A,DCX=a,DC=b", PARTITION_DOMAIN, "b" },
	{ "nothing", PARTITION_NONE, "" },
	{ "", PARTITION_NONE, "" },
};

static void
test_partitions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(dns) / sizeof(dns[0]); i++) {
		struct buf name = { 0 };
		size_t tail;

		assert_int_equal(partition_of(dns[i].dn, &name, &tail),
		                 dns[i].partition);
		assert_string_equal(buf_text(&name), dns[i].name);
		buf_release(&name);
	}
}

/* ---- a snapshot to be ---- */

struct draft {
	struct snapshot_writer *w;
	struct record *r;
};

static struct draft
begin(void)
{
	struct err err = { 0 };
	struct draft d = {
		.w = snapshot_create("s", FOLDER_NEW, &err),
		.r = record_new(),
	};

	assert_non_null(d.w);
	return d;
}

static void
put(struct draft *d, enum section s)
{
	struct err err = { 0 };

	assert_int_equal(snapshot_put(d->w, s, d->r, &err), 0);
	record_clear(d->r);
}

static void
text(struct draft *d, const char *name, const char *value)
{
	record_add_text(d->r, name, value);
}

/* An object with a name and, if it has one, a SID. */
static void
add(struct draft *d, enum section s, const char *dn, const char *sid)
{
	unsigned char bytes[SID_BYTES];
	size_t len;

	if (dn)
		text(d, "dn", dn);
	if (sid) {
		assert_int_equal(sid_parse(bytes, &len, sid), 0);
		record_add(d->r, "objectSid", VALUE_BYTES, (char *)bytes, len);
	}
	put(d, s);
}

static void
cover(struct draft *d, enum section s, size_t input, const char *name,
      const char *attribute)
{
	const char *names[] = { "dn", attribute };

	snapshot_cover_told(d->w, &(struct snapshot_told){
		.section = s, .input = name, .number = input,
		.cover = COVER_LISTED, .names = names, .count = 2,
		.evidence = ASKED_BY_COLUMNS,
	});
}

static struct snapshot *
read_back(void)
{
	struct err err = { 0 };
	struct snapshot *s = snapshot_open("s", &err);

	assert_non_null(s);
	if (snapshot_find_domains(s, &err) < 0)
		fail_msg("%s", err.text);
	return s;
}

static struct snapshot *
finish(struct draft *d)
{
	struct err err = { 0 };

	assert_int_equal(snapshot_commit(d->w, 1, &err), 0);
	record_free(d->r);
	return read_back();
}

static void
write_manifest(const struct json *tree)
{
	struct buf out = { 0 };
	FILE *f = fopen("s/manifest.json", "w");

	json_put_pretty(&out, tree);
	assert_non_null(f);
	assert_int_equal(fwrite(out.data, 1, out.len, f), out.len);
	assert_int_equal(fclose(f), 0);
	buf_release(&out);
}

static struct json *
load_manifest(void)
{
	struct buf file = { 0 };
	struct err err = { 0 };
	struct json *tree = json_load("s/manifest.json", &file, &err);

	assert_non_null(tree);
	buf_release(&file);
	return tree;
}

/* Makes the snapshot one of an older program: nothing is said of domains. */
static void
make_old(void)
{
	struct json *tree = load_manifest(), *old = json_new_object();

	for (const struct json *j = json_first(tree); j; j = json_next(j))
		if (strcmp(json_key(j), "domains") != 0)
			json_add_copy(old, json_key(j), j);
	assert_null(json_get(old, "domains"));
	write_manifest(old);
	json_free(tree);
	json_free(old);
}

static void
same_text(const char *a, const char *b)
{
	assert_string_equal(a ? a : "none", b ? b : "none");
}

/* What is found by reading is what was written. */
static void
compare(const struct snapshot *a, const struct snapshot *b)
{
	assert_int_equal(snapshot_domain_count(a), snapshot_domain_count(b));
	for (size_t i = 0; i < snapshot_domain_count(a); i++) {
		const struct snapshot_domain *x = snapshot_domain_at(a, i);
		const struct snapshot_domain *y = snapshot_domain_at(b, i);

		same_text(x->name, y->name);
		same_text(x->sid, y->sid);
		same_text(x->forest, y->forest);
		assert_int_equal(snapshot_domain_sid_doubtful(a, i),
		                 snapshot_domain_sid_doubtful(b, i));
		for (int s = 0; s < SECTION_COUNT; s++)
			assert_int_equal(
				snapshot_domain_objects(a, i, (enum section)s),
				snapshot_domain_objects(b, i,
				                        (enum section)s));
	}
}

static void
verify(int want)
{
	struct err err = { 0 };
	uint64_t n;

	assert_int_equal(snapshot_verify("s", &n, &err), want);
	if (want < 0)
		assert_int_equal(err.code, EXIT_INPUT);
}

/* Holds the snapshot against one of an older program, and ends both. */
static void
close_all(struct snapshot *s)
{
	struct snapshot *old;

	verify(0);
	make_old();
	old = read_back();
	compare(s, old);
	snapshot_close(old);
	snapshot_close(s);
	verify(0);
	assert_int_equal(remove_tree("s"), 0);
}

static size_t
find(const struct snapshot *s, const char *name)
{
	for (size_t i = 0; i < snapshot_domain_count(s); i++)
		if (strcmp(snapshot_domain_at(s, i)->name, name) == 0)
			return i;
	fail_msg("no domain %s", name);
	return 0;
}

/* ---- what objects say ---- */

static void
test_objects(void **state)
{
	struct draft d = begin();
	struct snapshot *s;

	(void)state;
	add(&d, AD_USERS, "CN=A,OU=Staff,DC=B,DC=example", NULL);
	add(&d, AD_USERS, "CN=B,OU=Staff,DC=a,DC=example", NULL);
	/* The same end, but escaped, and the same with blanks. */
	add(&d, AD_USERS, "CN=A\\,OU=Staff,DC=a,DC=example", NULL);
	add(&d, AD_USERS, "CN=C, OU=Staff, DC=A, DC=example", NULL);
	add(&d, AD_USERS, "CN=C,DC=x,OU=Staff,DC=a,DC=example", NULL);
	add(&d, AD_USERS, "CN=D,O=Example", NULL);
	/* A quotation that does not end, and a name like a partition's. */
	add(&d, AD_USERS, "CN=\"D,OU=Staff,DC=a,DC=example", NULL);
	add(&d, AD_CONTAINERS, "CN=S,CN=Configuration,DC=a,DC=example", NULL);
	add(&d, AD_USERS, "CN=D\\,CN=Configuration,DC=a,DC=example", NULL);
	text(&d, "canonicalName", "C.example/Staff/E");
	add(&d, AD_USERS, NULL, NULL);
	text(&d, "canonicalName", "elsewhere");
	add(&d, AD_USERS, NULL, NULL);
	text(&d, "DistinguishedName", "CN=M,OU=Staff,DC=a,DC=example");
	put(&d, AD_MAILBOXES);
	text(&d, "OrganizationalUnit", "d.example/Staff");
	put(&d, AD_MAILBOXES);
	add(&d, AD_CONTAINERS, "CN=Services,CN=Configuration,DC=a,DC=example",
	    NULL);
	add(&d, AD_OTHER, "DC=z,CN=MicrosoftDNS,DC=ForestDnsZones,DC=a,"
	    "DC=example", NULL);
	add(&d, TENANT_USERS, NULL, NULL);
	s = finish(&d);
	assert_int_equal(snapshot_domain_count(s), 5);
	assert_string_equal(snapshot_domain_at(s, 0)->name, "");
	assert_int_equal(snapshot_domain_objects(s, 0, AD_USERS), 3);
	assert_string_equal(snapshot_domain_at(s, 1)->name, "a.example");
	assert_int_equal(snapshot_domain_objects(s, 1, AD_USERS), 5);
	assert_int_equal(snapshot_domain_objects(s, 1, AD_MAILBOXES), 1);
	assert_int_equal(snapshot_domain_objects(s, 1, AD_CONTAINERS), 0);
	assert_int_equal(snapshot_domain_objects(s, 1, AD_OTHER), 0);
	assert_string_equal(snapshot_domain_at(s, 2)->name, "b.example");
	assert_string_equal(snapshot_domain_at(s, 3)->name, "c.example");
	assert_int_equal(snapshot_domain_objects(s, 3, AD_USERS), 1);
	assert_string_equal(snapshot_domain_at(s, 4)->name, "d.example");
	assert_null(snapshot_domain_at(s, 1)->sid);
	assert_null(snapshot_domain_at(s, 1)->forest);
	assert_true(snapshot_domain_is_held(s, 0));
	assert_true(snapshot_domain_is_held(s, 3));
	assert_false(snapshot_domain_is_held(s, 4));
	assert_false(snapshot_is_whole_forest(s));
	close_all(s);
}

static void
test_sids(void **state)
{
	struct draft d = begin();
	struct snapshot *s;
	size_t i;

	(void)state;
	/* Of Windows, of others, of no account, and in the wrong place. */
	add(&d, AD_GROUPS, "CN=W,CN=Builtin,DC=a", "S-1-5-32-544");
	add(&d, AD_GROUPS, "CN=G,CN=Users,DC=a", "S-1-5-21-1-2-3-513");
	add(&d, AD_OTHER, "CN=S,CN=ForeignSecurityPrincipals,DC=a",
	    "S-1-5-21-9-9-9-1001");
	add(&d, AD_USERS, "CN=A,DC=a", "S-1-5-21-1-2-3-1001");
	add(&d, AD_USERS, "CN=D,DC=a", "S-1-5-21-7-8-9");
	add(&d, AD_USERS, "CN=E,DC=a", "S-1-5-22-7-8-9-1000");
	add(&d, AD_USERS, "CN=A,OU=x,DC=b", "S-1-5-21-4-4-4-1001");
	add(&d, AD_USERS, "CN=B,OU=x,DC=b", "S-1-5-21-3-3-3-1001");
	add(&d, AD_CONTAINERS, "DC=c", "S-1-5-21-6-6-6");
	add(&d, AD_USERS, "CN=A,DC=c", "S-1-5-21-5-5-5-1001");
	add(&d, AD_CONTAINERS, "DC=e", "S-1-5-21-6-6-7");
	text(&d, "objectSid", "no SID");
	add(&d, AD_USERS, "CN=A,DC=f", NULL);
	s = finish(&d);
	i = find(s, "a");
	assert_string_equal(snapshot_domain_at(s, i)->sid, "S-1-5-21-1-2-3");
	assert_false(snapshot_domain_sid_doubtful(s, i));
	i = find(s, "b");
	assert_string_equal(snapshot_domain_at(s, i)->sid, "S-1-5-21-3-3-3");
	assert_true(snapshot_domain_sid_doubtful(s, i));
	/* The domain object knows best. */
	i = find(s, "c");
	assert_string_equal(snapshot_domain_at(s, i)->sid, "S-1-5-21-6-6-6");
	assert_true(snapshot_domain_sid_doubtful(s, i));
	i = find(s, "e");
	assert_string_equal(snapshot_domain_at(s, i)->sid, "S-1-5-21-6-6-7");
	assert_false(snapshot_domain_sid_doubtful(s, i));
	/* It was asked for users, and a domain it is. */
	assert_true(snapshot_domain_is_held(s, i));
	assert_null(snapshot_domain_at(s, find(s, "f"))->sid);
	close_all(s);
}

static void
add_crossref(struct draft *d, const char *dn, const char *nc,
             const char *flags)
{
	text(d, "nCName", nc);
	text(d, "systemFlags", flags);
	add(d, AD_FOREST, dn, NULL);
}

static void
test_forests(void **state)
{
	struct draft d = begin();
	struct snapshot *s;

	(void)state;
	add_crossref(&d, "CN=R,CN=Partitions,CN=Configuration,DC=Root",
	             "DC=root", "3");
	add_crossref(&d, "CN=T,CN=Partitions,CN=Configuration,DC=root",
	             "DC=tree,DC=example", "3");
	add_crossref(&d, "CN=Z,CN=Partitions,CN=Configuration,DC=root",
	             "DC=no,DC=domain", "1");
	add(&d, AD_USERS, "CN=A,OU=x,DC=root", NULL);
	/* What ad.forest says counts more than what a class does. */
	text(&d, "objectCategory", "CN=Person,CN=Schema,CN=Configuration,"
	     "DC=other");
	add(&d, AD_USERS, "CN=A,OU=x,DC=tree,DC=example", NULL);
	text(&d, "objectCategory", "CN=Person, CN=Schema, CN=Configuration, "
	     "DC=Second");
	add(&d, AD_USERS, "CN=A,OU=x,DC=second", NULL);
	text(&d, "objectCategory", "person");
	add(&d, AD_USERS, "CN=A,OU=x,DC=no,DC=domain", NULL);
	s = finish(&d);
	same_text(snapshot_domain_at(s, find(s, "root"))->forest, "root");
	same_text(snapshot_domain_at(s, find(s, "tree.example"))->forest,
	          "root");
	same_text(snapshot_domain_at(s, find(s, "second"))->forest, "second");
	same_text(snapshot_domain_at(s, find(s, "no.domain"))->forest, NULL);
	assert_int_equal(snapshot_domain_objects(s, find(s, "root"),
	                                         AD_FOREST), 0);
	close_all(s);
}

/* A section that is begun anew leaves nothing of what it said. */
static void
test_restart(void **state)
{
	struct draft d = begin();
	struct snapshot *s;

	(void)state;
	add(&d, AD_GROUPS, "CN=G,DC=a", "S-1-5-21-1-2-3-513");
	add_crossref(&d, "CN=R,CN=Partitions,CN=Configuration,DC=first",
	             "DC=a", "3");
	add(&d, AD_USERS, "CN=A,DC=gone", "S-1-5-21-1-2-4-1001");
	add(&d, AD_USERS, "CN=A,DC=a", "S-1-5-21-1-2-4-1001");
	snapshot_restart(d.w, AD_USERS);
	snapshot_restart(d.w, AD_FOREST);
	add(&d, AD_USERS, "CN=A,DC=a", "S-1-5-21-1-2-3-1001");
	add_crossref(&d, "CN=R,CN=Partitions,CN=Configuration,DC=second",
	             "DC=a", "3");
	s = finish(&d);
	assert_int_equal(snapshot_domain_count(s), 1);
	assert_int_equal(snapshot_domain_objects(s, 0, AD_USERS), 1);
	assert_false(snapshot_domain_sid_doubtful(s, 0));
	same_text(snapshot_domain_at(s, 0)->forest, "second");
	close_all(s);
}

/* ---- what inputs say ---- */

static void
fill_two(struct draft *d)
{
	snapshot_from(d->w, 0);
	add(d, AD_USERS, "CN=A,OU=x,DC=a", NULL);
	snapshot_asked(d->w, AD_CONTACTS);
	snapshot_lack(d->w, AD_USERS, "mail", "line 7");
	add(d, AD_USERS, "CN=B,OU=x,DC=a", NULL);
	snapshot_from(d->w, 1);
	add(d, AD_USERS, "CN=A,OU=x,DC=b", NULL);
	add(d, AD_GROUPS, "CN=G,OU=x,DC=b", NULL);
	snapshot_partial(d->w, AD_GROUPS, "it was cut");
	snapshot_from(d->w, 2);
	add(d, AD_GROUPS, "CN=G,OU=x,DC=a", NULL);
	snapshot_asked(d->w, AD_COMPUTERS);
	/* One that has nothing: of whom, nobody can tell. */
	snapshot_from(d->w, 3);
	snapshot_asked(d->w, AD_OTHER);
	snapshot_from(d->w, SNAPSHOT_NO_INPUT);
	cover(d, AD_USERS, 0, "a.csv", "mail");
	cover(d, AD_USERS, 1, "b.csv", "title");
	cover(d, AD_GROUPS, 1, "b.csv", "mail");
	cover(d, AD_GROUPS, 2, "c.csv", "mail");
}

static void
test_inputs(void **state)
{
	struct draft d = begin();
	struct snapshot *s;
	size_t a, b;

	(void)state;
	fill_two(&d);
	s = finish(&d);
	a = find(s, "a");
	b = find(s, "b");
	assert_false(snapshot_covers(s, AD_USERS, "mail"));
	assert_true(snapshot_domain_covers(s, a, AD_USERS, "MAIL"));
	assert_false(snapshot_domain_covers(s, a, AD_USERS, "title"));
	assert_true(snapshot_domain_covers(s, b, AD_USERS, "title"));
	assert_int_equal(snapshot_domain_asking(s, b, AD_USERS, "mail").asked,
	                 ASKING_NONE);
	assert_true(snapshot_domain_covers(s, a, AD_GROUPS, "mail"));
	assert_true(snapshot_domain_covers(s, b, AD_GROUPS, "mail"));
	/* Not asked, although another domain's was. */
	assert_int_equal(snapshot_state(s, AD_CONTACTS), SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_state(s, a, AD_CONTACTS),
	                 SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_state(s, b, AD_CONTACTS),
	                 SECTION_NOT_ASKED);
	assert_false(snapshot_domain_covers(s, b, AD_CONTACTS, "mail"));
	assert_int_equal(snapshot_domain_state(s, a, AD_COMPUTERS),
	                 SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_state(s, b, AD_COMPUTERS),
	                 SECTION_NOT_ASKED);
	assert_int_equal(snapshot_domain_state(s, a, AD_OTHER),
	                 SECTION_NOT_ASKED);
	/* What was cut is one domain's, what lacks the other's. */
	assert_int_equal(snapshot_state(s, AD_GROUPS), SECTION_PARTIAL);
	assert_int_equal(snapshot_domain_state(s, a, AD_GROUPS),
	                 SECTION_COMPLETE);
	assert_null(snapshot_domain_reason(s, a, AD_GROUPS));
	assert_int_equal(snapshot_domain_state(s, b, AD_GROUPS),
	                 SECTION_PARTIAL);
	assert_string_equal(snapshot_domain_reason(s, b, AD_GROUPS),
	                    "it was cut");
	assert_false(snapshot_domain_has_all_objects(s, b, AD_GROUPS));
	assert_int_equal(snapshot_state(s, AD_USERS), SECTION_PARTIAL);
	assert_int_equal(snapshot_domain_state(s, a, AD_USERS),
	                 SECTION_PARTIAL);
	assert_true(snapshot_domain_has_all_objects(s, a, AD_USERS));
	assert_int_equal(snapshot_domain_lack(s, a, AD_USERS, "mail").objects,
	                 1);
	assert_string_equal(snapshot_domain_lack(s, a, AD_USERS,
	                                         "mail").reason, "line 7");
	assert_int_equal(snapshot_domain_state(s, b, AD_USERS),
	                 SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_lack(s, b, AD_USERS, "mail").objects,
	                 0);
	close_all(s);
}

/* What an older program told of the section holds for each of its domains. */
static void
test_old_inputs(void **state)
{
	struct draft d = begin();
	struct snapshot *s;
	size_t b;

	(void)state;
	fill_two(&d);
	snapshot_close(finish(&d));
	make_old();
	s = read_back();
	b = find(s, "b");
	assert_false(snapshot_domain_covers(s, b, AD_USERS, "title"));
	assert_int_equal(snapshot_domain_asking(s, b, AD_USERS, "mail").asked,
	                 ASKING_PARTLY);
	assert_int_equal(snapshot_domain_state(s, b, AD_CONTACTS),
	                 SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_state(s, b, AD_USERS),
	                 SECTION_PARTIAL);
	assert_int_equal(snapshot_domain_lack(s, b, AD_USERS, "mail").objects,
	                 1);
	snapshot_close(s);
	assert_int_equal(remove_tree("s"), 0);
}

/* With one domain an input without objects can only be of that. */
static void
test_alone(void **state)
{
	struct draft d = begin();
	struct snapshot *s;

	(void)state;
	snapshot_from(d.w, 0);
	add(&d, AD_USERS, "CN=A,OU=x,DC=a", NULL);
	snapshot_from(d.w, 1);
	snapshot_asked(d.w, AD_CONTACTS);
	snapshot_from(d.w, 2);
	add(&d, AD_EXCHANGE, "CN=E,CN=Services,CN=Configuration,DC=a", NULL);
	snapshot_from(d.w, SNAPSHOT_NO_INPUT);
	s = finish(&d);
	assert_int_equal(snapshot_domain_count(s), 1);
	assert_int_equal(snapshot_domain_state(s, 0, AD_CONTACTS),
	                 SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_state(s, 0, AD_EXCHANGE),
	                 SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_state(s, 0, AD_GROUPS),
	                 SECTION_NOT_ASKED);
	close_all(s);
}

/* Settings are of the domains of their forest. */
static void
test_settings(void **state)
{
	struct draft d = begin();
	struct snapshot *s;

	(void)state;
	snapshot_from(d.w, 0);
	add_crossref(&d, "CN=R,CN=Partitions,CN=Configuration,DC=root",
	             "DC=child,DC=root", "3");
	snapshot_from(d.w, 1);
	add(&d, AD_USERS, "CN=A,OU=x,DC=child,DC=root", NULL);
	add(&d, AD_USERS, "CN=A,OU=x,DC=other", NULL);
	s = finish(&d);
	assert_int_equal(snapshot_domain_state(s, find(s, "child.root"),
	                                       AD_FOREST), SECTION_COMPLETE);
	assert_int_equal(snapshot_domain_state(s, find(s, "other"),
	                                       AD_FOREST), SECTION_NOT_ASKED);
	close_all(s);
}

/* ---- live ---- */

static struct snapshot *
collect(const char *key, const char *value)
{
	static const enum section all[] = {
		AD_FOREST, AD_GROUPS, AD_CONTACTS, AD_COMPUTERS,
	};
	struct draft d = begin();

	snapshot_server(d.w, &(struct snapshot_server){
		.domain = "DC=Root", .host = "dc.root" });
	snapshot_server(d.w, &(struct snapshot_server){
		.domain = "DC=child,DC=root", .host = "dc.child.root" });
	if (key)
		snapshot_request(d.w, key, value);
	add(&d, AD_USERS, "CN=A,DC=root", NULL);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		snapshot_asked(d.w, all[i]);
	return finish(&d);
}

static void
test_live(void **state)
{
	static const char *const narrowing[] = { "base", "filter", "domains" };
	struct snapshot *s = collect("since", "older");
	size_t child = find(s, "child.root");

	(void)state;
	assert_true(snapshot_is_whole_forest(s));
	assert_int_equal(snapshot_domain_count(s), 2);
	assert_int_equal(snapshot_domain_objects(s, child, AD_USERS), 0);
	assert_int_equal(snapshot_domain_state(s, child, AD_GROUPS),
	                 SECTION_COMPLETE);
	assert_true(snapshot_domain_is_held(s, child));
	close_all(s);
	for (size_t i = 0; i < sizeof(narrowing) / sizeof(narrowing[0]);
	     i++) {
		s = collect(narrowing[i], "x");
		assert_false(snapshot_is_whole_forest(s));
		close_all(s);
	}
}

/* A domain that could not be read is not gone. */
static void
test_live_partial(void **state)
{
	struct draft d = begin();
	struct snapshot *s;

	(void)state;
	snapshot_server(d.w, &(struct snapshot_server){
		.domain = "DC=root", .host = "dc.root" });
	snapshot_asked(d.w, AD_FOREST);
	snapshot_asked(d.w, AD_GROUPS);
	snapshot_asked(d.w, AD_CONTACTS);
	snapshot_asked(d.w, AD_COMPUTERS);
	add(&d, AD_USERS, "CN=A,DC=root", NULL);
	snapshot_partial(d.w, AD_USERS, "domain child was not read");
	s = finish(&d);
	assert_false(snapshot_is_whole_forest(s));
	assert_int_equal(snapshot_domain_state(s, 0, AD_USERS),
	                 SECTION_PARTIAL);
	close_all(s);
}

/* ---- what a manifest must not say ---- */

static void
refused(const char *domains, const char *want)
{
	struct json *tree = load_manifest(), *new = json_new_object();
	struct json_error e;
	struct json *j = json_parse(domains, strlen(domains), &e);
	struct err err = { 0 };

	assert_non_null(j);
	for (const struct json *m = json_first(tree); m; m = json_next(m))
		if (strcmp(json_key(m), "domains") != 0)
			json_add_copy(new, json_key(m), m);
	json_add_copy(new, "domains", j);
	write_manifest(new);
	verify(-1);
	assert_null(snapshot_open("s", &err));
	if (!strstr(err.text, want))
		fail_msg("want \"%s\", have \"%s\"", want, err.text);
	json_free(j);
	json_free(tree);
	json_free(new);
}

#define DOMAIN(name, sections) \
	"{\"name\":\"" name "\",\"sections\":{" sections "}}"
#define USERS(n) \
	"\"ad.users\":{\"state\":\"complete\",\"count\":" n "}"

static void
test_refused(void **state)
{
	struct draft d = begin();

	(void)state;
	add(&d, AD_USERS, "CN=A,DC=a", NULL);
	add(&d, AD_USERS, "CN=A,DC=b", NULL);
	snapshot_close(finish(&d));
	refused("{}", "want \"domains\": an array");
	refused("[{}]", "want a name");
	refused("[" DOMAIN("A", USERS("1")) "]", "in lower case");
	refused("[" DOMAIN("a", USERS("1")) "," DOMAIN("a", USERS("1")) "]",
	        "stands twice");
	refused("[{\"name\":\"a\"}]", "want sections");
	refused("[{\"name\":\"a\",\"sid\":\"S-1-x\",\"sections\":{}}]",
	        "want a sid");
	refused("[" DOMAIN("a", USERS("-1")) "]", "want a count");
	refused("[" DOMAIN("a", "\"ad.users\":{\"count\":1}") "]",
	        "want a state");
	refused("[" DOMAIN("a", "\"tenant.users\":{}") "]", "none of AD's");
	refused("[" DOMAIN("a", USERS("1") "," USERS("1")) "]",
	        "stands twice");
	refused("[" DOMAIN("a", USERS("2")) "," DOMAIN("b", USERS("1")) "]",
	        "its domains have 3 objects, and it has 2");
	assert_int_equal(remove_tree("s"), 0);
}

/* More domains than any forest has are refused where they are put. */
static void
test_many(void **state)
{
	enum { MANY = 5000 };
	struct draft d = begin();
	struct err err = { 0 };
	int rc = 0;

	(void)state;
	for (int i = 0; i < MANY && rc == 0; i++) {
		char dn[64];

		snprintf(dn, sizeof(dn), "CN=A,DC=d%d", i);
		record_clear(d.r);
		text(&d, "dn", dn);
		rc = snapshot_put(d.w, AD_USERS, d.r, &err);
	}
	assert_int_equal(rc, -1);
	assert_int_equal(err.code, EXIT_INPUT);
	assert_non_null(strstr(err.text, "4096"));
	record_free(d.r);
	snapshot_abort(d.w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_partitions),
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_sids),
		cmocka_unit_test(test_forests),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_inputs),
		cmocka_unit_test(test_old_inputs),
		cmocka_unit_test(test_alone),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_live_partial),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_many),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
