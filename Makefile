# syncscope. The two commands that users need: make demo, make test.
PREFIX  = /usr/local
VERSION = 0.1.0
PKGS    = libarchive libcurl libcjson popt libcrypto libidn2 libpsl libzstd ldap lber libxml-2.0 xlsxwriter
CFLAGS  = -O2 -g
WARN    = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
          -Wwrite-strings -Wpointer-arith -Wvla -Wformat=2 -Wundef
B       = build$(if $(SAN),-san)$(if $(TSAN),-tsan)$(if $(COVERAGE),-cov)

# What Debian 12 must have to build, and to run all tests.
BUILD_PACKAGES = gcc libc6-dev make pkg-config libarchive-dev libcjson-dev libcsv-dev \
                 libcurl4-openssl-dev libidn2-dev libldap-dev libpopt-dev libpsl-dev libsasl2-dev \
                 libssl-dev libunistring-dev libxml2-dev libxxhash-dev \
                 libxlsxwriter-dev libzstd-dev zlib1g-dev publicsuffix
TEST_PACKAGES  = $(BUILD_PACKAGES) libcmocka-dev perl clang libclang-rt-14-dev \
                 valgrind mandoc chromium zstd xz-utils libarchive-tools \
                 libjson-xs-perl cmark-gfm libxml2-utils libnet-ldap-perl \
                 python3-jsonschema $(NODE_PACKAGES)
# Some other npm may be there; Debian's does not bear it beside itself.
NODE_PACKAGES  = $(if $(shell command -v npm),,nodejs npm)
# A domain controller, a large directory, and clients beside ours.
LIVE_PACKAGES  = $(BUILD_PACKAGES) perl samba-ad-dc samba-ad-provision ldb-tools \
                 ldap-utils krb5-user libsasl2-modules-gssapi-mit openssl \
                 faketime gss-ntlmssp libnss-wrapper libresolv-wrapper slapd \
                 curl libjson-xs-perl $(NODE_PACKAGES)
# What opens the reports.
BROWSER_PACKAGES = $(BUILD_PACKAGES) perl libjson-xs-perl chromium \
                   firefox-esr $(NODE_PACKAGES)
# What opens tables as people do: 265 MB, which only its own test needs.
OFFICE_PACKAGES = $(BUILD_PACKAGES) perl python3 libjson-xs-perl \
                  libreoffice-calc-nogui
BENCH_PACKAGES = $(BUILD_PACKAGES) python3 jq $(NODE_PACKAGES)
-include config.mk

CORES := $(shell nproc 2>/dev/null || echo 2)
# As many at once as there are processors, of what is made and of what is tested.
SUB    = $(MAKE) --no-print-directory -s -j$(CORES)

override CPPFLAGS := $(CPPFLAGS) -I. -I$B -D_GNU_SOURCE -DVERSION='"$(VERSION)"' \
                     $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LDLIBS := $(LDLIBS) $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv \
          -lunistring -lpthread -lm
override CFLAGS += -std=c11 $(WARN)
ifdef SAN
override CFLAGS  += -fsanitize=address,undefined -fno-sanitize-recover=all
override LDFLAGS += -fsanitize=address,undefined
endif
ifdef TSAN
override CFLAGS  += -fsanitize=thread
override LDFLAGS += -fsanitize=thread
endif
ifdef COVERAGE
override CFLAGS  += -O0 --coverage -fprofile-update=atomic
override LDFLAGS += --coverage
endif
ifdef FUZZING
override CFLAGS += -fsanitize=fuzzer-no-link
endif

SRC   = $(wildcard $(foreach d,base collect analyze report,$d/*.c $d/*/*.c))
OBJ   = $(SRC:%.c=$B/%.o)
UNIT  = $(patsubst %.c,$B/%,$(wildcard tests/unit/*.c))
FUZZ  = $(patsubst %.c,$B/%,$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
BENCH = $(patsubst %.c,$B/%,$(wildcard tests/bench/*.c))

all: $B/syncscope

$B/syncscope: $B/main.o $(OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(UNIT): $B/%: $B/%.o $(OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(FUZZ): $B/%: $B/%.o $B/tests/fuzz/replay.o $(OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/tests/fuzz/%.fuzz: $B/tests/fuzz/%.o $(OBJ)
	$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)

$(BENCH): $B/%: $B/%.o
	$(CC) $(LDFLAGS) -o $@ $^

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Where data/ is found by a program that was copied out of its folder.
$B/analyze/data/where.o: override CPPFLAGS += -DBUILT_IN='"$(CURDIR)"'

# They go into the program as bytes: #include "report/page/page.css.inc".
$B/report/page/assets.o: $B/report/page/page.css.inc $B/report/page/page.js.inc
$B/report/repair/script_file.o: $B/report/repair/ad_head.ps1.inc $B/report/repair/ad_body.ps1.inc
$B/report/repair/cloud_file.o: $B/report/repair/cloud_head.ps1.inc $B/report/repair/cloud_body.ps1.inc
$B/%.inc: %
	@mkdir -p $(@D)
	od -v -An -tx1 $< | sed 's/ \(..\)/0x\1,/g' > $@

# Says what it installs before it does it; quiet when nothing is missing.
define install
@missing=; for p in $(1); do \
	dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null | \
	grep -qx installed || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then \
	echo "Installing Debian packages:$$missing"; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends $$missing >/dev/null; fi
endef

# The same, and no server that is installed starts as the system's own.
define install-servers
@rc=/usr/sbin/policy-rc.d; if [ "$$(id -u)" = 0 ] && [ ! -e $$rc ]; then \
	printf '#!/bin/sh\nexit 101\n' >$$rc; chmod 755 $$rc; \
	mkdir -p $B; touch $B/no-services; fi
$(call install,$(1))
@if [ -e $B/no-services ]; then \
	rm -f $B/no-services /usr/sbin/policy-rc.d; fi
endef

build-packages:
	$(call install,$(BUILD_PACKAGES))

test-packages:
	$(call install,$(TEST_PACKAGES))

# The whole way on the fixtures: import, analyze, report; see demo/.
demo: build-packages
	@+$(SUB) all
	@fixtures/demo.sh $B/syncscope demo

# Everything; with SAN=1 only the part that runs under sanitizers.
test: test-packages
	@+$(SUB) build/sarif/node_modules build/powershell/node_modules
	@+$(SUB) check
ifndef SAN
	@+$(SUB) check SAN=1
	@+$(SUB) warnings valgrind
endif

# As no command of ours ends; what the program itself says with 1 is findings.
check: export ASAN_OPTIONS = exitcode=99
check: export UBSAN_OPTIONS = exitcode=99
# Sanitizers make a start of the program dear: they see every sixth of what is
# many of a kind, not what runs the same once more for many people, and no test
# of texts; make soak shows them all.
check: export SHARE = $(if $(SAN),6,1)
MANY = alone crowds domains fingerprints forests healthy many proposals \
       scenarios world
NO_SAN = $(if $(SAN),tests/rooms.t tests/style.t tests/words.t $(if $(filter 1,$(SHARE)),, \
	$B/tests/unit/alone $(MANY:%=tests/%.t)))
check: $B/syncscope $(UNIT) $(FUZZ) $(BENCH)
	SYNCSCOPE=$(CURDIR)/$B/syncscope BUILD=$(CURDIR)/$B LC_ALL=C TZ=UTC \
		prove --timer -j$(CORES) --exec '' $(filter-out $(NO_SAN),$(UNIT) \
		$(wildcard tests/*.t))

# The forecast of more random objects than make test has patience for, and
# worlds of seeds that nobody chose.
soak: test-packages
	@+$(SUB) $B/syncscope $B/tests/unit/alone
	@+$(SUB) check SAN=1 SHARE=1
	FORECAST_OBJECTS=100000 FOREST_PEOPLE=50000 HEALTHY_PEOPLE=100000 \
		HEALTHY_SEEDS=80 MATCHES=100000 PROPOSAL_OBJECTS=100000 \
		PROPOSAL_SEEDS='1 2 3' WORLD_SEEDS=240 \
		WORLD_SEED=$${WORLD_SEED:-$$(date +%s)} LC_ALL=C TZ=UTC \
		SYNCSCOPE=$(CURDIR)/$B/syncscope \
		ALONE_ALL=1 BUILD=$(CURDIR)/$B \
		prove --exec '' tests/forecast.t tests/matches.t \
		tests/forests.t tests/healthy.t tests/proposals.t \
		tests/world.t tests/alone.t $B/tests/unit/alone

# Conditions of rules that can be negated without a case that notices.
mutants: export MUTANTS_CC = $(CC) $(CPPFLAGS) $(CFLAGS)
mutants: export MUTANTS_LIBS = $(LDLIBS) -lcmocka
mutants: test-packages
	@+$(SUB) $B/syncscope $B/tests/unit/rules
	@tests/mutants.pl $B $T

# Threads that read and write the same without asking each other.
tsan: build-packages
	@+$(SUB) TSAN=1 run-tsan

run-tsan: $B/syncscope $B/tests/bench/generate
	@tests/tsan.sh $B/syncscope $B/tests/bench

# Which lines the tests go through, by room.
coverage: test-packages
	@rm -rf build-cov
	@+$(SUB) COVERAGE=1 check
	@tests/coverage.sh build-cov

# Both compilers, and no warning at all.
warnings:
	@for cc in gcc clang; do \
		printf '%s\n' main.c $(SRC) | xargs -P $(CORES) -n 8 $$cc $(CPPFLAGS) \
			-Ibuild $(CFLAGS) -Werror -fsyntax-only || exit 1; \
	done; echo "no warning from gcc and clang"

valgrind: $B/syncscope
	@fixtures/demo.sh $B/syncscope $B/demo-valgrind "valgrind -q \
		--error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite,indirect,possible" >/dev/null
	@rm -rf $B/demo-valgrind; echo "valgrind is clean on the demo"

# SARIF's own schema, which tests/exports.t holds our results against.
build/sarif/node_modules: tests/exports/package-lock.json
	@mkdir -p build/sarif
	@cp tests/exports/package*.json tests/exports/.npmrc build/sarif/
	@cd build/sarif && npm ci --loglevel=error --no-audit --no-fund && touch node_modules

# The grammar by which tests/repair.t reads scripts, as WebAssembly: nothing of
# it is built here, and no script of the packages is run.
build/powershell/node_modules: tests/powershell/package-lock.json
	@mkdir -p build/powershell
	@cp tests/powershell/package*.json tests/powershell/.npmrc build/powershell/
	@cd build/powershell && npm ci --loglevel=error --no-audit --no-fund && touch node_modules

# CSV and workbooks as LibreOffice opens them.
test-office:
	$(call install,$(OFFICE_PACKAGES))
	@+$(SUB) $B/syncscope
	SYNCSCOPE=$(CURDIR)/$B/syncscope LC_ALL=C TZ=UTC \
		prove --exec '' tests/office/*.t

# Against real servers on loopback addresses; wants root for their ports.
test-live:
	$(call install-servers,$(LIVE_PACKAGES))
	@+$(SUB) $B/syncscope
	@+$(SUB) $B/graph/node_modules
	SYNCSCOPE=$(CURDIR)/$B/syncscope LC_ALL=C TZ=UTC \
		prove --exec '' tests/live/*.t

# report.html in browsers.
test-browser:
	$(call install,$(BROWSER_PACKAGES))
	@+$(SUB) $B/syncscope $B/tests/bench/generate $B/browser/node_modules
	SYNCSCOPE=$(CURDIR)/$B/syncscope BUILD=$(CURDIR)/$B LC_ALL=C TZ=UTC \
		prove --exec '' tests/browser/*.t

# What drives it, and judges whether everybody can use what it shows.
$B/browser/node_modules: tests/browser/package-lock.json
	@mkdir -p $B/browser
	@cp tests/browser/package*.json tests/browser/.npmrc $B/browser/
	@cd $B/browser && npm ci --loglevel=error --no-audit --no-fund && touch node_modules

# An OAuth server, and one that checks requests of Graph.
$B/graph/node_modules: tests/live/graph/package-lock.json
	@mkdir -p $B/graph
	@cp tests/live/graph/package*.json tests/live/graph/.npmrc $B/graph/
	@cd $B/graph && npm ci --loglevel=error --no-audit --no-fund && touch node_modules

golden: $B/syncscope $B/tests/unit/forests $B/tests/unit/exchange_told
	GOLDEN=write SYNCSCOPE=$(CURDIR)/$B/syncscope BUILD=$(CURDIR)/$B \
		LC_ALL=C TZ=UTC \
		prove --exec '' tests/transcripts.t tests/report.t \
		tests/everything.t tests/exchange.t

bench: build-packages
	@+$(SUB) $B/syncscope $(BENCH)
	@tests/bench/bench.sh $B/syncscope $B/tests/bench

# Reading 100,000 users from slapd, beside ldapsearch.
bench-ldap:
	$(call install-servers,$(LIVE_PACKAGES))
	@+$(SUB) $B/syncscope $(BENCH)
	@tests/bench/ldap.sh $B/syncscope $B/tests/bench

# Reading a tenant of 100,000 users, beside curl.
bench-graph:
	$(call install-servers,$(LIVE_PACKAGES))
	@+$(SUB) $B/syncscope $(BENCH)
	@tests/bench/graph.sh $B/syncscope $B/tests/bench

# The same rules in DuckDB, Python, Node and jq, beside ours.
bench-peers:
	$(call install,$(BENCH_PACKAGES))
	@+$(SUB) $B/syncscope $(BENCH)
	@mkdir -p $B/peers
	@cp tests/bench/peers/package*.json tests/bench/peers/.npmrc $B/peers/
	@cd $B/peers && npm ci --loglevel=error --no-audit --no-fund
	@tests/bench/peers.sh $B/syncscope $B/tests/bench \
		$(CURDIR)/$B/peers/node_modules

fuzz:	# make fuzz T=ldif: wants clang
	$(MAKE) CC=clang B=build-fuzz SAN=1 FUZZING=1 build-fuzz/tests/fuzz/$T.fuzz
	mkdir -p build-fuzz/corpus/$T
	build-fuzz/tests/fuzz/$T.fuzz -max_total_time=60 \
		build-fuzz/corpus/$T tests/fuzz/corpus/$T

install: $B/syncscope
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/man/man5 \
		$(DESTDIR)$(PREFIX)/share/syncscope/data
	install -m 755 $B/syncscope $(DESTDIR)$(PREFIX)/bin/
	install -m 644 data/*.json $(DESTDIR)$(PREFIX)/share/syncscope/data/
	install -m 644 syncscope.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 collect/snapshot/snapshot.5 \
		analyze/findings/findings.5 analyze/policy/policy.5 \
		analyze/whatif/what-if.5 analyze/data/data.5 \
		analyze/waivers/waivers.5 \
		$(DESTDIR)$(PREFIX)/share/man/man5/

clean:
	rm -rf build build-* demo

.PHONY: all build-packages test-packages demo test check soak tsan run-tsan \
        coverage warnings valgrind test-live test-browser test-office golden \
        bench bench-ldap bench-graph \
        bench-peers fuzz install clean
.SECONDARY:
-include $(OBJ:.o=.d) $(UNIT:=.d) $(FUZZ:=.d) $(BENCH:=.d) $B/main.d
