"""`/v1/pages`: standing pages, such as About."""

from api.v1.publishing import declare

pages = declare("page", "Standing pages, whose slug is their path on the site and may nest.")
