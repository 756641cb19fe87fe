FLASK_APP=admin.cli.entry
