FLASK_APP=admin
