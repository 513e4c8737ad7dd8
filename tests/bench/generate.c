/*
 * Writes the data of a made-up company: generate N FOLDER gives N AD users as
 * LDIF and N tenant users as pages of Graph, with a policy. What it writes
 * follows from N alone; generate N FOLDER MONTH, from 1 to 12, has who came,
 * left, moved, and changed name, password or account until then. Objects look
 * as an ldifde export of an AD with Exchange and an answer of Graph do; about
 * one in thirty has a defect.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAGE = 999, GROUPS_MAX = 20, GUEST_EVERY = 50, NAME = 48 };

static const char *const given[] = {
	"Anna", "Bert", "Chloé", "Dirk", "Eva", "Frank", "Greta", "Hugo",
	"Iris", "Joris", "Karin", "Lars", "Mia", "Niels", "Olga", "Paul",
};

static const char *const family[] = {
	"Bakker", "de Vries", "Jansen", "Müller", "Peters", "Smit", "Visser",
	"Meijer", "Mulder", "Bos", "Vos", "Dekker", "Brouwer", "de Boer",
};

static const char *const units[] = {
	"OU=Sales,OU=Utrecht,OU=Accounts", "OU=Finance,OU=Utrecht,OU=Accounts",
	"OU=Plant,OU=Zwolle,OU=Accounts", "OU=Desk,OU=Service,OU=Zwolle,"
	"OU=Accounts", "OU=Board,OU=Accounts", "OU=Shop,OU=Assen,OU=Accounts",
	"OU=Leavers,OU=Accounts",
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define ROOT "DC=corp,DC=example"
#define VERIFIED "corp.example"
#define INITIAL "corpexample.onmicrosoft.com"

struct user {
	unsigned long n;
	uint64_t random;
	char cn[80], sam[24], dn[200];
	unsigned char guid[16];
	size_t unit;
	unsigned named;              /* how often he changed his name */
};

static unsigned long month;

/* A pseudo-random number that follows from N (splitmix64). */
static uint64_t
mix(uint64_t n)
{
	n += UINT64_C(0x9e3779b97f4a7c15);
	n = (n ^ n >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	n = (n ^ n >> 27) * UINT64_C(0x94d049bb133111eb);
	return n ^ n >> 31;
}

static void
base64(const unsigned char *in, size_t len, char *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		uint32_t v = (uint32_t)in[i] << 16;

		if (i + 1 < len)
			v |= (uint32_t)in[i + 1] << 8;
		if (i + 2 < len)
			v |= in[i + 2];
		*out++ = digits[v >> 18];
		*out++ = digits[v >> 12 & 63];
		*out++ = i + 1 < len ? digits[v >> 6 & 63] : '=';
		*out++ = i + 2 < len ? digits[v & 63] : '=';
	}
	*out = '\0';
}

/* How many of the months so far chose the user, of whom each chooses one in. */
static unsigned
times(uint64_t random, unsigned which, unsigned one_in)
{
	unsigned n = 0;

	for (unsigned long m = 1; m <= month; m++)
		n += mix(random ^ m << 20 ^ which) % one_in == 0;
	return n;
}

/* The last month that chose him; 0: none has. */
static unsigned long
last_time(uint64_t random, unsigned which, unsigned one_in)
{
	unsigned long m = month;

	while (m && mix(random ^ m << 20 ^ which) % one_in)
		m--;
	return m;
}

enum { MOVES = 101, PASSWORDS, FLIPS, NAMES, LEAVES, JOINS };

/* Whether he came, and has not left. */
static int
is_there(uint64_t random)
{
	if (month && mix(random + JOINS) % 200 == 0 &&
	    month < 1 + mix(random + JOINS) % 11)
		return 0;
	return !last_time(random, LEAVES, 300);
}

static struct user
make(unsigned long n)
{
	struct user u = { .n = n, .random = mix(n) };
	const char *first = given[u.random % COUNT(given)];
	const char *last = family[(u.random >> 8) % COUNT(family)];
	const char *comma = (u.random >> 16) % 10 < 3 ? "\\, " : " ";
	uint64_t other = mix(n ^ UINT64_C(0x5555555555555555));

	snprintf(u.cn, sizeof(u.cn), "%s%s%s %lu", last, comma, first, n);
	snprintf(u.sam, sizeof(u.sam), "u%07lu", n);
	u.unit = ((u.random >> 24) + times(u.random, MOVES, 100)) %
		COUNT(units);
	u.named = times(u.random, NAMES, 200);
	snprintf(u.dn, sizeof(u.dn), "CN=%s,%s," ROOT, u.cn, units[u.unit]);
	memcpy(u.guid, &u.random, 8);
	memcpy(u.guid + 8, &other, 8);
	return u;
}

/* One in MANY objects has the defect numbered WHICH. */
static int
has(const struct user *u, unsigned which, unsigned many)
{
	return mix(u->random + which) % many == 0;
}

static void
put_value(FILE *f, const char *name, const char *value)
{
	char text[400];

	for (const char *p = value; *p; p++)
		if (*p & 0x80) {
			base64((const unsigned char *)value, strlen(value),
			       text);
			fprintf(f, "%s:: %s\n", name, text);
			return;
		}
	fprintf(f, "%s: %s\n", name, value);
}

static void
fill_plain(const struct user *u, char *out)
{
	for (const char *p = u->cn; *p; p++)
		if (*p != '\\')
			*out++ = *p;
	*out = '\0';
}

static void
put_names(FILE *f, const struct user *u, const char *guid)
{
	char plain[80];

	fill_plain(u, plain);
	put_value(f, "dn", u->dn);
	fputs("objectClass: top\nobjectClass: person\n"
	      "objectClass: organizationalPerson\nobjectClass: user\n", f);
	put_value(f, "cn", plain);
	put_value(f, "displayName", plain);
	put_value(f, "name", plain);
	put_value(f, "distinguishedName", u->dn);
	fprintf(f, "instanceType: 4\nwhenCreated: 20120102030405.0Z\n"
	        "whenChanged: 20160102030405.0Z\nuSNCreated: %lu\n"
	        "uSNChanged: %lu\nobjectGUID:: %s\n", 1000 + u->n,
	        900000 + u->n, guid);
}

static void
put_groups(FILE *f, const struct user *u)
{
	/* Most are in few groups, some in many: 3.4 each. */
	unsigned n = (unsigned)((u->random >> 32) % GROUPS_MAX *
	                        ((u->random >> 40) % GROUPS_MAX) / 27);

	for (unsigned i = 0; i < n; i++)
		fprintf(f, "memberOf: CN=Group %llu of the company and its "
		        "branches,OU=Groups,OU=Utrecht,OU=Accounts," ROOT
		        "\n", (unsigned long long)
		        (mix(u->random + i) % 5000));
}

static unsigned
count_of_more(const struct user *u)
{
	return (unsigned)(u->random >> 50) % 5;
}

static const char *
domain_of_more(const struct user *u, unsigned i)
{
	static const char *const domains[] = {
		VERIFIED, "sales.corp.example", "old-name.example",
		"mail.corp.example",
	};

	return domains[(u->random >> 20 & 3) ^ (i & 3)];
}

/* What his address has before the @. */
static void
fill_name(const struct user *u, char out[NAME])
{
	if (u->named)
		snprintf(out, NAME, "%s.%u", u->sam, u->named);
	else
		snprintf(out, NAME, "%s", u->sam);
}

static void
put_addresses(FILE *f, const struct user *u)
{
	char name[NAME];

	if (has(u, 3, 50))
		return;
	fill_name(u, name);
	fprintf(f, "mail: %s@corp.example\n", name);
	if (has(u, 4, 70))
		return;
	fprintf(f, "proxyAddresses: %s:%s@corp.example\n",
	        has(u, 5, 200) ? "smtp" : "SMTP", name);
	for (unsigned i = 0; i < count_of_more(u); i++)
		fprintf(f, "proxyAddresses: smtp:%s%u@%s\n", u->sam, i,
		        domain_of_more(u, i));
	/* The neighbour's address, in other letters. */
	if (has(u, 7, 150) && u->n)
		fprintf(f, "proxyAddresses: smtp:U%07lu@Corp.Example\n",
		        u->n - 1);
	if (has(u, 6, 300))
		fprintf(f, "proxyAddresses: %s at corp.example\n", u->sam);
}

static void
put_exchange(FILE *f, const struct user *u)
{
	char guid[32];

	base64(u->guid, 16, guid);
	fprintf(f, "mailNickname: %s\nlegacyExchangeDN: /o=Corp/ou=Exchange "
	        "Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=%s\n"
	        "homeMDB: CN=Database %lu,CN=Databases,CN=Exchange "
	        "Administrative Group (FYDIBOHF23SPDLT),CN=Administrative "
	        "Groups,CN=Corp,CN=Microsoft Exchange,CN=Services,CN="
	        "Configuration," ROOT "\nmsExchHomeServerName: /o=Corp/ou="
	        "Exchange Administrative Group (FYDIBOHF23SPDLT)/cn="
	        "Configuration/cn=Servers/cn=MBX%lu\nmsExchRecipientTypeDetails"
	        ": 1\nmsExchRecipientDisplayType: 1073741824\n"
	        "msExchVersion: 88218628259840\nmsExchMailboxGuid:: "
	        "%s\nmsExchPoliciesIncluded: "
	        "dfd5d6dc-35a4-4d4c-a0b8-1d6a4e3f4b53\nmDBUseDefaults: TRUE\n",
	        u->sam, u->sam, u->n % 20, u->n % 8, guid);
}

static int
is_off(const struct user *u)
{
	return has(u, 1, 20) != (int)(times(u->random, FLIPS, 200) % 2);
}

/* A FILETIME: of the last month in which he set it. */
static unsigned long long
password_of(const struct user *u)
{
	return UINT64_C(130930000000000000) + u->n + UINT64_C(25920000000000) *
	       last_time(u->random, PASSWORDS, 3);
}

/* The tenant has the password of AD. */
static void
put_password_time(FILE *f, const struct user *u)
{
	time_t t = (time_t)(password_of(u) / 10000000 -
	                    UINT64_C(11644473600));
	char text[32];
	struct tm tm;

	strftime(text, sizeof(text), "%FT%TZ", gmtime_r(&t, &tm));
	fprintf(f, "\"lastPasswordChangeDateTime\":\"%s\",", text);
}

static void
put_account(FILE *f, const struct user *u)
{
	unsigned char raw[28] = { 1, 5, 0, 0, 0, 0, 0, 5, 21 };
	char sid[48];

	memcpy(raw + 24, &u->n, 4);
	base64(raw, sizeof(raw), sid);
	fprintf(f, "userAccountControl: %d\nbadPwdCount: 0\ncodePage: 0\n"
	        "countryCode: 0\nbadPasswordTime: 0\nlastLogoff: 0\n"
	        "lastLogon: 130930000000000000\nlogonCount: %lu\n"
	        "pwdLastSet: %llu\nprimaryGroupID: 513\n"
	        "objectSid:: %s\naccountExpires: 9223372036854775807\n"
	        "sAMAccountName: %s\nsAMAccountType: 805306368\n"
	        "userPrincipalName: %s%s@%s\n", is_off(u) ? 514 : 512,
	        u->n % 1000, password_of(u), sid, u->sam, u->sam,
	        has(u, 8, 120) ? "&co" : "",
	        has(u, 2, 60) ? "corp.local" : "corp.example");
}

static void
put_ad_user(FILE *f, unsigned long n)
{
	struct user u = make(n);
	char guid[32];

	base64(u.guid, 16, guid);
	put_names(f, &u, guid);
	put_account(f, &u);
	if (has(&u, 9, 4))
		fprintf(f, "mS-DS-ConsistencyGuid:: %s\n", guid);
	put_addresses(f, &u);
	put_exchange(f, &u);
	fputs("objectCategory: CN=Person,CN=Schema,CN=Configuration," ROOT "\n"
	      "dSCorePropagationData: 16010101000000.0Z\n"
	      "lastLogonTimestamp: 130930000000000000\n"
	      "department: A department of the company\n"
	      "title: Someone who works here\ncompany: Corp Example\n"
	      "physicalDeliveryOfficeName: Building 4\nl: Utrecht\n"
	      "postalCode: 3511 AB\nstreetAddress: Some street 12\nc: NL\n"
	      "telephoneNumber: +31 30 000 00 00\n", f);
	put_groups(f, &u);
	fputc('\n', f);
}

/* What an account of Exchange Online, SharePoint and Teams has. */
static void
put_licence(FILE *f)
{
	fputs("\"assignedLicenses\":[{\"disabledPlans\":[],\"skuId\":"
	      "\"18181a46-0d4e-45cd-891e-60aabd171b4e\"}],\"assignedPlans\":["
	      "{\"assignedDateTime\":\"2015-09-20T09:00:00Z\","
	      "\"capabilityStatus\":\"Enabled\",\"service\":\"SharePoint\","
	      "\"servicePlanId\":\"c7699d2e-19aa-44de-8edf-1736da088ca1\"},"
	      "{\"assignedDateTime\":\"2015-09-20T09:00:00Z\","
	      "\"capabilityStatus\":\"Enabled\",\"service\":"
	      "\"MicrosoftCommunicationsOnline\",\"servicePlanId\":"
	      "\"0feaeb32-d00e-4d66-bd5a-43b5b83db82c\"},"
	      "{\"assignedDateTime\":\"2015-09-20T09:00:00Z\","
	      "\"capabilityStatus\":\"Enabled\",\"service\":\"exchange\","
	      "\"servicePlanId\":\"9aaf7827-d63c-4b61-89c3-182f06f82e5c\"}]",
	      f);
}

static void
put_on_premises(FILE *f, const struct user *u)
{
	char guid[32];

	base64(u->guid, 16, guid);
	fprintf(f, "\"onPremisesImmutableId\":\"%s\","
	        "\"onPremisesSyncEnabled\":true,"
	        "\"onPremisesSamAccountName\":\"%s\","
	        "\"onPremisesDomainName\":\"corp.example\","
	        "\"onPremisesUserPrincipalName\":\"%s@corp.example\","
	        "\"onPremisesSecurityIdentifier\":\"S-1-5-21-0-0-0-%lu\","
	        "\"onPremisesLastSyncDateTime\":\"2016-01-14T10:00:00Z\",",
	        guid, u->sam, u->sam, u->n);
}

/* What synchronization made of AD's: addresses in domains that are verified. */
static void
put_proxies(FILE *f, const struct user *u, const char *domain)
{
	char name[NAME];

	fill_name(u, name);
	fprintf(f, "\"proxyAddresses\":[\"SMTP:%s@%s\",\"smtp:%s@" INITIAL "\"",
	        name, domain, u->sam);
	if (!has(u, 3, 50) && !has(u, 4, 70))
		for (unsigned i = 0; i < count_of_more(u); i++)
			if (strcmp(domain_of_more(u, i), VERIFIED) == 0)
				fprintf(f, ",\"smtp:%s%u@" VERIFIED "\"",
				        u->sam, i);
	fprintf(f, ",\"SIP:%s@" VERIFIED "\"],", u->sam);
}

static void
put_tenant_user(FILE *f, unsigned long n)
{
	char plain[80];
	struct user u = make(n);
	const char *domain = has(&u, 3, 50) ? INITIAL : "corp.example";
	int enabled = has(&u, 10, 90) != !is_off(&u);
	char name[NAME];

	fill_name(&u, name);

	fputc('{', f);
	fill_plain(&u, plain);
	put_on_premises(f, &u);
	fputs("\"businessPhones\":[\"+31 30 000 00 00\"],\"city\":\"Utrecht\","
	      "\"companyName\":\"Corp Example\",\"country\":\"Netherlands\","
	      "\"createdDateTime\":\"2015-09-01T10:00:00Z\",\"department\":"
	      "\"A department of the company\",\"employeeId\":null,"
	      "\"jobTitle\":\"Someone who works here\",\"mobilePhone\":null,"
	      "\"officeLocation\":\"Building 4\",\"postalCode\":\"3511 AB\","
	      "\"preferredLanguage\":\"nl-NL\",\"state\":null,"
	      "\"streetAddress\":\"Some street 12\",\"usageLocation\":"
	      "\"NL\",", f);
	put_password_time(f, &u);
	fprintf(f, "\"id\":\"%08lx-0000-4000-8000-%012lx\","
	        "\"userPrincipalName\":\"%s@corp.example\",\"displayName\":"
	        "\"%s\",\"mail\":\"%s@%s\",\"mailNickname\":\"%s\","
	        "\"accountEnabled\":%s,\"userType\":\"Member\",", n, n, u.sam,
	        plain, name, domain, u.sam, enabled ? "true" : "false");
	put_proxies(f, &u, domain);
	put_licence(f);
	fputc('}', f);
}

static void
put_guest(FILE *f, unsigned long n)
{
	fprintf(f, "{\"id\":\"%08lx-0000-4000-9000-%012lx\","
	        "\"userPrincipalName\":\"guest%lu_other.example#EXT#@" INITIAL
	        "\",\"displayName\":\"Guest %lu\",\"mail\":"
	        "\"guest%lu@other.example\",\"mailNickname\":"
	        "\"guest%lu_other.example#EXT#\",\"proxyAddresses\":"
	        "[\"SMTP:guest%lu@other.example\"],\"accountEnabled\":true,"
	        "\"userType\":\"Guest\",\"onPremisesImmutableId\":null,"
	        "\"onPremisesSyncEnabled\":null,\"assignedPlans\":[]}", n, n, n,
	        n, n, n, n);
}

static FILE *
create(const char *folder, const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	if (!f) {
		perror(path);
		exit(1);
	}
	setvbuf(f, NULL, _IOFBF, 1 << 20);
	return f;
}

static void
finish(FILE *f)
{
	if (fclose(f) != 0) {
		perror("generate");
		exit(1);
	}
}

/* Leavers have no account, most of them; of the others few have none. */
static int
has_account(const struct user *u)
{
	if (!is_there(u->random))
		return 0;
	if (u->unit == COUNT(units) - 1)
		return has(u, 12, 20);
	return !has(u, 11, 100);
}

static void
put_tenant_page(FILE *f, unsigned long from, unsigned long to)
{
	const char *comma = "";

	for (unsigned long i = from; i < to; i++) {
		struct user u = make(i);

		if (has_account(&u)) {
			fputs(comma, f);
			put_tenant_user(f, i);
			comma = ",";
		}
		if (i % GUEST_EVERY == 0) {
			fputs(comma, f);
			put_guest(f, i);
			comma = ",";
		}
	}
}

static void
put_tenant(FILE *f, unsigned long count)
{
	static const char context[] =
		"https://graph.microsoft.com/v1.0/$metadata#users";

	for (unsigned long n = 0; n < count; n += PAGE) {
		unsigned long end = n + PAGE < count ? n + PAGE : count;

		fprintf(f, "{\"@odata.context\":\"%s\",", context);
		if (end < count)
			fprintf(f, "\"@odata.nextLink\":\"https://graph."
			        "microsoft.com/v1.0/users?$skiptoken=%lu\",",
			        end);
		fputs("\"value\":[", f);
		put_tenant_page(f, n, end);
		fputs("]}\n", f);
	}
}

int
main(int argc, char **argv)
{
	unsigned long count = argc == 3 || argc == 4
		? strtoul(argv[1], NULL, 10) : 0;
	FILE *f;

	if (!count) {
		fprintf(stderr, "usage: generate N FOLDER [MONTH]\n");
		return 2;
	}
	month = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	f = create(argv[2], "ad.ldif");
	for (unsigned long n = 0; n < count; n++)
		if (is_there(mix(n)))
			put_ad_user(f, n);
	finish(f);
	f = create(argv[2], "users.json");
	put_tenant(f, count);
	finish(f);
	f = create(argv[2], "policy.json");
	fputs("{\"tenant\":{\"initialDomain\":\"" INITIAL "\","
	      "\"verifiedDomains\":[\"corp.example\"]},\"scope\":{\"include\":"
	      "[\"OU=Accounts," ROOT "\"],\"exclude\":[\"OU=Leavers,"
	      "OU=Accounts," ROOT "\"]},\"licensing\":{\"exchangeOnline\":"
	      "\"all\"}}\n", f);
	finish(f);
	return 0;
}
