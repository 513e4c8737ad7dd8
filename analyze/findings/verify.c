/* Goes through every file of a findings folder that the manifest names. */
#include "analyze/findings/findings.h"

#include "base/err.h"

static int
verify_findings(const struct findings *f, struct err *err)
{
	struct findings_reader *r = findings_read(f, err);
	struct finding one;
	int rc = r ? 1 : -1;

	while (rc > 0)
		rc = findings_next(r, &one, err);
	findings_reader_close(r);
	return rc;
}

static int
verify_forecast(const struct findings *f, struct err *err)
{
	struct findings_reader *r = forecast_read(f, err);
	struct forecast one;
	int rc = r ? 1 : -1;

	while (rc > 0)
		rc = forecast_next(r, &one, err);
	findings_reader_close(r);
	return rc;
}

static int
verify_causes(const struct findings *f, struct err *err)
{
	struct findings_reader *r = causes_read(f, err);
	struct cause one;
	int rc = r ? 1 : -1;

	while (rc > 0)
		rc = causes_next(r, &one, err);
	findings_reader_close(r);
	return rc;
}

static int
verify_timeline(const struct findings *f, struct err *err)
{
	struct findings_reader *r;
	struct timeline one;
	int rc;

	if (!timeline_is_there(f))
		return 0;
	r = timeline_read(f, err);
	rc = r ? 1 : -1;
	while (rc > 0)
		rc = timeline_next(r, &one, err);
	findings_reader_close(r);
	return rc;
}

/* Files that no other reader goes through; older folders lack some. */
static int
verify_part(const struct findings *f, enum findings_part p, struct err *err)
{
	struct findings_reader *r;
	const char *line;
	size_t len;
	int rc;

	if (!findings_part_is_there(f, p))
		return 0;
	r = findings_part_read(f, p, err);
	rc = r ? 1 : -1;
	while (rc > 0)
		rc = findings_part_next(r, &line, &len, err);
	findings_reader_close(r);
	return rc;
}

static int
verify_parts(const struct findings *f, struct err *err)
{
	static const enum findings_part parts[] = {
		PART_DIFFERENCE, PART_PLAN, PART_CLOSED, PART_HISTORY
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (verify_part(f, parts[i], err) < 0)
			return -1;
	return 0;
}

int
findings_verify(const char *path, uint64_t *count, struct err *err)
{
	struct findings *f = findings_open(path, err);
	int rc = f ? verify_findings(f, err) : -1;

	if (rc == 0)
		rc = verify_causes(f, err);
	if (rc == 0)
		rc = verify_forecast(f, err);
	if (rc == 0)
		rc = verify_timeline(f, err);
	if (rc == 0)
		rc = verify_parts(f, err);
	*count = f ? f->finding_count : 0;
	findings_close(f);
	return rc;
}
