import { CLIENT_VERSIONS, type ClientVersion } from "../../model/semantics.ts";
import type { ClientFact } from "./fact.ts";

/** A documentation site that WebFetch reaches without a rule: the host itself, no subdomain and no other spelling. */
export interface PreapprovedSite {
  host: string;
  /** Only what stands at this path or below; "" for all of it. */
  path: string;
  clients: readonly ClientVersion[];
}

/** Found by asking about some 900 hosts with and without `www.`. */
const HOSTS =
  "agentskills.io angular.io asp.net blazor.net bun.sh cloud.google.com code.claude.com cypress.io " +
  "d3js.org dev.mysql.com devcenter.heroku.com developer.android.com developer.apple.com " +
  "developer.mozilla.org doc.rust-lang.org docs.aws.amazon.com docs.djangoproject.com docs.flutter.dev " +
  "docs.netlify.com docs.oracle.com docs.python.org docs.spring.io docs.stripe.com docs.swift.org " +
  "docs.unity.com docs.unrealengine.com dotnet.microsoft.com en.cppreference.com expressjs.com " +
  "fastapi.tiangolo.com flask.palletsprojects.com getbootstrap.com git-scm.com gradle.org graphql.org " +
  "hibernate.org httpd.apache.org jestjs.io jquery.com jupyter.org keras.io kotlinlang.org " +
  "kubernetes.io laravel.com learn.microsoft.com matplotlib.org maven.apache.org " +
  "modelcontextprotocol.io nextjs.org nginx.org nodejs.org numpy.org pandas.pydata.org " +
  "platform.claude.com prisma.io pytorch.org react.dev reactnative.dev reactrouter.com redis.io " +
  "redux.js.org requests.readthedocs.io ruby-doc.org scikit-learn.org selenium.dev spark.apache.org " +
  "symfony.com tailwindcss.com threejs.org tomcat.apache.org vuejs.org webpack.js.org www.ansible.com " +
  "www.docker.com www.mongodb.com www.php.net www.postgresql.org www.sqlite.org www.tensorflow.org " +
  "www.terraform.io www.typescriptlang.org";

export const PREAPPROVED_SITES: readonly PreapprovedSite[] = [
  ...HOSTS.split(" ").map((host) => ({ host, path: "", clients: CLIENT_VERSIONS })),
  site("claude.com/docs", ["2.1.330"]),
  site("github.com/anthropics"),
  site("go.dev", ["2.1.197"]),
  site("go.dev/doc", ["2.1.330"]),
  site("go.dev/ref", ["2.1.330"]),
  site("huggingface.co/docs"),
  site("pkg.go.dev", ["2.1.197"]),
  site("vercel.com/docs"),
  site("wordpress.org/documentation"),
  site("www.kaggle.com/docs"),
];

/** Hosts that look like such a site and are none. Of others that look so it is not known. */
const ASKED_HOSTS =
  "api.dart.dev api.drupal.org api.flutter.dev api.jquery.com api.rubyonrails.org developer.gnome.org " +
  "developer.hashicorp.com developer.twilio.com developer.wordpress.org developers.cloudflare.com " +
  "developers.google.com doc.qt.io doc.traefik.io docs.ansible.com docs.anthropic.com docs.astral.sh " +
  "docs.celeryq.dev docs.claude.com docs.cohere.com docs.cypress.io docs.datadoghq.com docs.deno.com " +
  "docs.digitalocean.com docs.docker.com docs.expo.dev docs.fedoraproject.org docs.github.com " +
  "docs.gitlab.com docs.gradle.org docs.gtk.org docs.influxdata.com docs.jboss.org docs.julialang.org " +
  "docs.kernel.org docs.llamaindex.ai docs.microsoft.com docs.mongodb.com docs.nestjs.com " +
  "docs.newrelic.com docs.npmjs.com docs.opencv.org docs.prisma.io docs.pydantic.dev docs.pytest.org " +
  "docs.readthedocs.io docs.redhat.com docs.rs docs.ruby-lang.org docs.scala-lang.org docs.scipy.org " +
  "docs.scrapy.org docs.sentry.io docs.sqlalchemy.org docs.streamlit.io docs.unity3d.com " +
  "guides.rubyonrails.org help.ubuntu.com platform.openai.com";
export const NOT_PREAPPROVED: ReadonlySet<string> = new Set(ASKED_HOSTS.split(" "));

function site(address: string, clients: readonly ClientVersion[] = CLIENT_VERSIONS): PreapprovedSite {
  const [host, ...path] = address.split("/");
  return { host: host!, path: path.map((name) => `/${name}`).join(""), clients };
}

export const HOST_FACTS: readonly ClientFact[] = [
  ...PREAPPROVED_SITES.map(({ host, path, clients }) => fact(`${host}${path}`, "runs", clients)),
  ...[...NOT_PREAPPROVED].map((host) => fact(host, "prompts", CLIENT_VERSIONS)),
  fact("github.com/anthropicsx", "prompts", CLIENT_VERSIONS),
  fact("docs.python.org.", "prompts", CLIENT_VERSIONS),
  fact("a.docs.python.org", "prompts", CLIENT_VERSIONS),
];

function fact(
  address: string,
  outcome: ClientFact["outcome"],
  clients: readonly ClientVersion[],
): ClientFact {
  return {
    id: `host/${address}`,
    call: { tool: "WebFetch", argument: `https://${address}${address.includes("/") ? "" : "/"}` },
    outcome,
    clients,
  };
}
